package dev.lightningbridge.api;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;

/** A server that is open to assistants. */
public final class McpLab implements QuarkusTestProfile {
  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of("lightning-bridge.mcp", "true");
  }

  @Override
  public List<TestResourceEntry> testResources() {
    return List.of(new TestResourceEntry(ServerLab.class));
  }

  @Override
  public boolean disableGlobalTestResources() {
    return true;
  }
}
