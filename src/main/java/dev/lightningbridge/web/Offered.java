package dev.lightningbridge.web;

import dev.lightningbridge.server.ConfiguredAgents;
import dev.lightningbridge.server.ConfiguredGraders;
import dev.lightningbridge.server.ServerSettings;
import java.util.Collection;
import java.util.List;

/** The names of the agents and graders that a run may have by the server's configuration. */
record Offered(List<String> agents, List<String> graders) {
  static Offered of(ServerSettings settings) {
    return new Offered(
        sorted(ConfiguredAgents.of(settings).byName().keySet()),
        sorted(ConfiguredGraders.of(settings).byName().keySet()));
  }

  private static List<String> sorted(Collection<String> names) {
    return names.stream().sorted().toList();
  }
}
