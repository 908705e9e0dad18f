package dev.lightningbridge.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.corpus.Attempt;
import dev.lightningbridge.corpus.Score;
import dev.lightningbridge.lightning.EnvironmentKind;
import dev.lightningbridge.needs.Compiled;
import dev.lightningbridge.needs.Environments;
import dev.lightningbridge.needs.NeedsEnvironment;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of docs/examples that an application is made of, run as they stand there. */
@QuarkusTest
@WithTestResource(CaptureLab.class)
class AppExamplesTest {
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  @Test
  void plain_java_reads_the_prompt_and_keeps_its_own_where_there_is_none() throws Exception {
    App.recorded(App.call("words", "Count the words of the letter.", "A letter"));
    String served = App.agent("words").get("/api/v1/agents/words/prompt").asString();
    assertThat(promptClient(url(), "words")).isEqualTo(served);
    assertThat(promptClient(url(), "quiet")).isEqualTo("Mine é");
    assertThat(promptClient("http://127.0.0.1:9", "words")).isEqualTo("Mine é");
  }

  private static String promptClient(String server, String agent) throws Exception {
    return run(
        Map.of(),
        JAVA,
        "-Dstdout.encoding=UTF-8",
        "-XX:TieredStopAtLevel=1",
        "docs/examples/PromptClient.java",
        server,
        agent,
        App.token(agent),
        "Mine é");
  }

  @Test
  void langchain4j_is_captured_and_takes_its_system_message_from_the_server(@TempDir Path classes)
      throws Exception {
    Compiled.examples(classes, "PromptClient", "AppLangChain");
    assertThat(langChain(classes, "Where is parcel 20?")).isEqualTo("Re: Where is parcel 20?\n");
    Attempt first = attempt("Where is parcel 20?");
    assertThat(first.systemPrompt()).isEqualTo("Answer mails kindly.");
    App.promote(first, "Answer mails kindly.", "Answer mails kindly, and name the parcel.");

    langChain(classes, "Where is parcel 21?");
    assertThat(attempt("Where is parcel 21?").systemPrompt())
        .isEqualTo("Answer mails kindly, and name the parcel.");
  }

  @Test
  void a_bean_of_quarkus_gives_the_prompt_that_is_served(@TempDir Path classes) throws Exception {
    Compiled.examples(classes, "PromptClient", "SupportPrompt");
    App.recorded(App.call("words", "Count the words of the letter.", "A letter"));
    String served = App.agent("words").get("/api/v1/agents/words/prompt").asString();
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
      Class<?> bean = loader.loadClass("SupportPrompt");
      assertThat(bean.isAnnotationPresent(ApplicationScoped.class)).isTrue();
      Object prompt =
          bean.getConstructor(URI.class, String.class, String.class)
              .newInstance(URI.create(url()), "words", App.token("words"));
      assertThat(bean.getMethod("current").invoke(prompt)).isEqualTo(served);
    }
  }

  private static String langChain(Path classes, String mail) throws Exception {
    return run(
        variables("chained", "echo"),
        JAVA,
        "-XX:TieredStopAtLevel=1",
        "-cp",
        classes + File.pathSeparator + System.getProperty("java.class.path"),
        "AppLangChain",
        mail);
  }

  private static Attempt attempt(String input) throws InterruptedException {
    App.until(() -> App.attempts().stream().anyMatch(one -> one.input().equals(input)));
    return App.attempts().stream()
        .filter(one -> one.input().equals(input))
        .findFirst()
        .orElseThrow();
  }

  @Test
  @NeedsEnvironment(EnvironmentKind.APO)
  void python_with_the_openai_sdk_is_captured_streamed_or_not_and_scores_its_calls()
      throws Exception {
    assertThat(app("echo", "Where is parcel 17?", "up")).isEqualTo("Re: Where is parcel 17?\n");
    assertThat(score("Where is parcel 17?").value()).isEqualTo(10);
    assertThat(app("events", "Greet parcel 18.", "down", "--stream")).isEqualTo("Hello é\n");
    assertThat(score("Greet parcel 18.").value()).isEqualTo(1);
  }

  @Test
  @NeedsEnvironment(EnvironmentKind.APO)
  void python_with_opentelemetry_is_captured_by_its_spans() throws Exception {
    String said =
        run(
            Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                url() + "/capture/spans",
                "OTEL_EXPORTER_OTLP_HEADERS",
                "Authorization=Bearer " + App.token("spans")),
            Environments.of(EnvironmentKind.APO).python().toString(),
            "docs/examples/app_spans.py",
            "Where is parcel 19?");
    App.until(
        () ->
            App.attempts().stream()
                .anyMatch(
                    attempt ->
                        attempt.input().equals("Where is parcel 19?")
                            && said.equals(attempt.output() + "\n")));
  }

  private static String app(String model, String... arguments) throws Exception {
    String[] words = new String[arguments.length + 2];
    words[0] = Environments.of(EnvironmentKind.APO).python().toString();
    words[1] = "docs/examples/app_openai.py";
    System.arraycopy(arguments, 0, words, 2, arguments.length);
    return run(variables("support", model), words);
  }

  private static Map<String, String> variables(String agent, String model) {
    return Map.of(
        "LIGHTNING_BRIDGE_URL",
        url(),
        "LIGHTNING_BRIDGE_AGENT",
        agent,
        "LIGHTNING_BRIDGE_TOKEN",
        App.token(agent),
        "MODEL",
        model);
  }

  private static Score score(String input) {
    return App.attempts().stream()
        .filter(attempt -> attempt.input().equals(input))
        .map(Attempt::score)
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull)
        .findFirst()
        .orElseThrow();
  }

  private static String url() {
    return "http://localhost:" + RestAssured.port;
  }

  private static String run(Map<String, String> environment, String... words)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(List.of(words));
    builder.environment().putAll(environment);
    builder.environment().put("PYTHONIOENCODING", "utf-8");
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return said;
  }
}
