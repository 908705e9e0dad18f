package dev.lightningbridge.cli;

import dev.lightningbridge.agent.AgentChoice;
import dev.lightningbridge.agent.Agents;
import dev.lightningbridge.cli.DoctorCommand.Finding;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.grading.ExternalGrader;
import dev.lightningbridge.grading.ExternalGrading;
import dev.lightningbridge.server.ConfiguredAgents;
import dev.lightningbridge.server.ConfiguredGraders;
import dev.lightningbridge.server.ServerSettings;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The agents and graders that a server's configuration names, and whether each can be used. */
final class NamedFindings {
  private NamedFindings() {}

  /** By environment variables, as a server that is started with them reads them. */
  static List<Finding> of(Map<String, String> environment) {
    try {
      return of(
          new SmallRyeConfigBuilder()
              .withSources(new EnvConfigSource(environment, EnvConfigSource.ORDINAL))
              .addDefaultInterceptors()
              .withMapping(ServerSettings.class)
              .withValidateUnknown(false)
              .build()
              .getConfigMapping(ServerSettings.class));
    } catch (ConfigValidationException e) {
      return List.of(
          new Finding(
              "server",
              false,
              true,
              String.valueOf(e.getMessage()),
              "Mend the environment variable; docs/server.md says what each takes."));
    }
  }

  private static List<Finding> of(ServerSettings settings) {
    return Stream.concat(
            all(
                "agent",
                () -> ConfiguredAgents.of(settings).byName(),
                Agents::check,
                AgentChoice::inWords),
            all(
                "grader",
                () -> ConfiguredGraders.of(settings).byName(),
                ExternalGrading::check,
                NamedFindings::inWords))
        .toList();
  }

  private static <T> Stream<Finding> all(
      String kind, Supplier<Map<String, T>> named, Consumer<T> check, Function<T, String> words) {
    try {
      return new TreeMap<>(named.get())
          .entrySet().stream()
              .map(
                  one ->
                      finding(
                          kind + " " + one.getKey(),
                          () -> check.accept(one.getValue()),
                          words.apply(one.getValue())));
    } catch (BridgeException e) {
      return Stream.of(unusable(kind, e));
    }
  }

  private static Finding finding(String name, Runnable check, String words) {
    try {
      check.run();
      return new Finding(name, true, true, words, null);
    } catch (BridgeException e) {
      return unusable(name, e);
    }
  }

  private static Finding unusable(String name, BridgeException e) {
    String detail = e.what() + " (" + e.where() + ")";
    return new Finding(name, false, true, detail, e.remedy(), e.code().id());
  }

  private static String inWords(ExternalGrader grader) {
    return switch (grader) {
      case ExternalGrader.Command command ->
          "the grader's command \"%s\"".formatted(String.join(" ", command.words()));
      case ExternalGrader.Http http -> "the grader at " + http.url();
    };
  }
}
