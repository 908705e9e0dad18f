package dev.lightningbridge.lightning.rl;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.agent.AgentChoice;
import dev.lightningbridge.common.FreePort;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.grading.Grader;
import dev.lightningbridge.model.ModelException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * agentlightning's gateway and controller as processes of this one, and our graders before them.
 * All of it is on loopback, at free ports, each with a key of its own, and ends with {@link
 * #close}.
 */
public final class RlServices implements AutoCloseable {
  private static final String KEY = "LIGHTNING_BRIDGE_GATEWAY_KEY";
  private static final String JOB = "LIGHTNING_BRIDGE_RL_JOB";
  private static final String TASK = "LIGHTNING_BRIDGE_TASK";
  private static final Duration START = Duration.ofSeconds(60);
  private static final List<String> PASSED_ON = List.of("PATH", "HOME", "TZ", "JAVA_HOME");

  private final Plan plan;
  private final String key = JobKeys.random();
  private final int port;
  private final RewardEndpoint rewards;
  private final List<Service> services = new ArrayList<>();

  /**
   * What they are started for.
   *
   * @param python of the gateway's environment
   * @param modules where Python finds the package {@code lightning_bridge}
   * @param model the base model's folder, by which the trainer names what it serves
   * @param workFolder of the run
   * @param maxOutputTokens of one answer of the model
   * @param tasks that the agents may be given
   * @param noMoreRewards told where the budget is used up or the run cancelled
   */
  public record Plan(
      Path python,
      String modules,
      Path model,
      Path workFolder,
      String systemPrompt,
      int maxOutputTokens,
      List<Task> tasks,
      Grader grader,
      RlOptions options,
      JobMark mark,
      Consumer<ModelException> noMoreRewards) {}

  private RlServices(Plan plan) throws IOException {
    this.plan = plan;
    this.port = port(plan.options());
    this.rewards = new RewardEndpoint(plan.grader(), plan.tasks(), plan.noMoreRewards());
  }

  /**
   * Starts them and waits until the gateway answers.
   *
   * @throws IOException where one of them does not start; its message ends with the last lines of
   *     its log
   */
  public static RlServices start(Plan plan) throws IOException, InterruptedException {
    RlServices services = new RlServices(plan);
    try {
      services.start();
      return services;
    } catch (IOException | InterruptedException | RuntimeException e) {
      services.close();
      throw e;
    }
  }

  private void start() throws IOException, InterruptedException {
    Files.createDirectories(plan.workFolder());
    AgentFile.write(
        jobFile(),
        plan.options().agent(),
        plan.systemPrompt(),
        plan.maxOutputTokens(),
        plan.tasks(),
        rewards);
    Service gateway =
        service(
            "server",
            Map.of(
                "host",
                "127.0.0.1",
                "port",
                String.valueOf(port),
                "key",
                "${oc.env:" + KEY + "}",
                "default_proxy.model_name",
                quoted(plan.model().toString())),
            plan.options().gateway());
    awaitHealth(gateway);
    boolean kubernetes = plan.options().agent() instanceof AgentChoice.Kubernetes;
    service(
        "controller",
        Map.of(
            "runner_type",
            kubernetes ? "k8s" : "local",
            "agl_server.url",
            quoted(url()),
            "agl_server.key",
            "${oc.env:" + KEY + "}",
            "local_runner.poll_interval",
            "0.5",
            "local_runner.maximum_size",
            String.valueOf(2 * Runtime.getRuntime().availableProcessors())),
        plan.options().controller());
  }

  /** Where the gateway is. */
  public String url() {
    return "http://127.0.0.1:" + port;
  }

  /** What it asks for as a bearer token. */
  public String key() {
    return key;
  }

  /** What the trainer is told, as {@code lightning_bridge.rl_config.reach} takes it. */
  public ObjectNode toldToTrainer() {
    ObjectNode told =
        Json.mapper()
            .createObjectNode()
            .put("baseUrl", url())
            .put("key", key)
            .put("agent", AgentFile.agentClass(plan.options().agent()));
    if (plan.options().agent() instanceof AgentChoice.Kubernetes kubernetes) {
      told.put("jobTemplate", kubernetes.jobTemplate().toString());
    }
    told.putObject("environment").put(TASK, "input.task");
    return told;
  }

  /** The processes, gateway first. */
  public List<Long> processes() {
    return services.stream().map(Service::pid).toList();
  }

  /** Ends the controller with its agents, the gateway, and the grader's endpoint. */
  @Override
  public void close() {
    services.reversed().forEach(Service::close);
    rewards.close();
    try {
      Files.deleteIfExists(jobFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Service service(String name, Map<String, String> ours, Map<String, String> overrides)
      throws IOException {
    Path logs = Files.createDirectories(plan.workFolder().resolve("log"));
    List<String> command =
        new ArrayList<>(
            List.of(plan.python().toString(), "-m", "lightning_bridge.rl_service", name));
    Map<String, String> settings = new HashMap<>(ours);
    settings.putAll(overrides);
    settings.put("hydra.run.dir", ".");
    settings.put("hydra.output_subdir", "null");
    settings.forEach((setting, value) -> command.add(setting + "=" + value));
    Service service = Service.start(command, environment(), logs, logs.resolve(name + ".log"));
    services.add(service);
    return service;
  }

  /** Nothing of this process's own: no keys, no proxies, no Python settings. */
  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    for (String name : PASSED_ON) {
      String value = System.getenv(name);
      if (value != null) {
        environment.put(name, value);
      }
    }
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("PYTHONPATH", plan.modules());
    environment.put("PYTHONNOUSERSITE", "1");
    environment.put("PYTHONUTF8", "1");
    environment.put(KEY, key);
    environment.put(JOB, jobFile().toString());
    plan.mark().putInto(environment);
    return environment;
  }

  private Path jobFile() {
    return plan.workFolder().resolve("agents.json").toAbsolutePath();
  }

  private void awaitHealth(Service gateway) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + "/healthz"))
            .timeout(Duration.ofSeconds(5))
            .build();
    long until = System.nanoTime() + START.toNanos();
    try (HttpClient client = HttpClient.newHttpClient()) {
      while (System.nanoTime() < until && gateway.isAlive()) {
        try {
          if (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
            return;
          }
        } catch (IOException e) {
          // It does not listen yet.
        }
        Thread.sleep(100);
      }
    }
    throw new IOException("agentlightning's gateway does not answer:\n  " + gateway.lastLines());
  }

  private static int port(RlOptions options) throws IOException {
    String chosen = options.gateway().get("port");
    return chosen != null ? Integer.parseInt(chosen) : FreePort.find();
  }

  /** A text that Hydra takes as it is. */
  private static String quoted(String text) {
    return "'" + text.replace("'", "\\'") + "'";
  }
}
