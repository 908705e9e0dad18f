package dev.lightningbridge.lightning;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.model.ChatRequest;
import dev.lightningbridge.model.EndpointFault;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.model.ModelRole;
import dev.lightningbridge.model.sandbox.SandboxModel;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The sandbox behind HTTP, with faults at the calls that a plan names. */
final class FaultyEndpoint implements AutoCloseable {
  private final SandboxModel sandbox;
  private final IntFunction<@Nullable EndpointFault> plan;
  private final AtomicInteger calls = new AtomicInteger();
  private final WireMockServer server;

  /**
   * @param plan the fault of a call by its number, from 1; null for a good answer
   */
  FaultyEndpoint(SandboxModel sandbox, IntFunction<@Nullable EndpointFault> plan) {
    this.sandbox = sandbox;
    this.plan = plan;
    server =
        new WireMockServer(
            options()
                .dynamicPort()
                .bindAddress("127.0.0.1")
                .containerThreads(60)
                .gzipDisabled(true)
                .disableRequestJournal()
                .extensions(new Answers()));
    server.start();
    server.stubFor(any(anyUrl()).willReturn(ok()));
  }

  String baseUrl() {
    return server.baseUrl() + "/v1";
  }

  /** How many calls it got. */
  int calls() {
    return calls.get();
  }

  static String answer(SandboxModel sandbox, ObjectNode request) {
    try {
      return Json.write(sandbox.complete(new ChatRequest(ModelRole.WORKER, request, 0)).body());
    } catch (ModelException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    server.stop();
  }

  private final class Answers implements ResponseDefinitionTransformerV2 {
    @Override
    public String getName() {
      return "sandbox-with-faults";
    }

    @Override
    public ResponseDefinition transform(ServeEvent event) {
      EndpointFault fault = plan.apply(calls.incrementAndGet());
      if (fault != null) {
        return fault.response().build();
      }
      try {
        byte[] request = event.getRequest().getBody();
        return okJson(answer(sandbox, (ObjectNode) Json.mapper().readTree(request))).build();
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }
}
