package dev.lightningbridge.cli;

import dev.lightningbridge.cli.options.CliError;
import dev.lightningbridge.cli.options.EndpointOptions;
import dev.lightningbridge.cli.options.NamedModelOptions;
import dev.lightningbridge.cli.options.RoleEndpointOptions;
import dev.lightningbridge.cli.terminal.CommonOptions;
import dev.lightningbridge.cli.terminal.Console;
import dev.lightningbridge.cli.terminal.Interrupts;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.ExitCode;
import dev.lightningbridge.lightning.EnvironmentKind;
import dev.lightningbridge.lightning.Gpus;
import dev.lightningbridge.lightning.PythonEnvironment;
import dev.lightningbridge.store.BridgeDatabase;
import dev.lightningbridge.store.BridgeHome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/** {@code bridge doctor}: what is there, what is missing, and what to do about it. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = {
      "Say what is found and what is missing, each with its remedy.",
      "With --base-url it also calls each named model there once, as a run does.",
      "Agents and graders that a server's configuration names are looked at, not called.",
      "Its exit status is 6 if something that optimising needs is missing."
    })
final class DoctorCommand implements Callable<Integer> {
  private final Console console;
  private final Interrupts interrupts;

  @Mixin private final CommonOptions common = new CommonOptions();

  @Mixin private final NamedModelOptions named = new NamedModelOptions();
  @Mixin private final EndpointOptions endpoint = new EndpointOptions();
  @Mixin private final RoleEndpointOptions roles = new RoleEndpointOptions();

  @Spec private @Nullable CommandSpec spec;

  DoctorCommand(Console console, Interrupts interrupts) {
    this.console = console;
    this.interrupts = interrupts;
  }

  /**
   * One thing looked at.
   *
   * @param needed whether optimising with the real engine needs it
   * @param remedy null where nothing is wrong
   * @param code of the error, where it has one
   */
  record Finding(
      String name,
      boolean ok,
      boolean needed,
      String detail,
      @Nullable String remedy,
      @Nullable String code) {
    /** One that is no error with a code. */
    Finding(String name, boolean ok, boolean needed, String detail, @Nullable String remedy) {
      this(name, ok, needed, detail, remedy, null);
    }
  }

  @Override
  public Integer call() {
    refuseOptionsWithoutEndpoint();
    List<Finding> findings = new ArrayList<>();
    findings.add(
        new Finding(
            "java",
            true,
            true,
            Runtime.version() + " in " + System.getProperty("java.home"),
            null));
    findings.addAll(tools());
    findings.addAll(environments());
    findings.add(gpu());
    findings.add(home());
    findings.add(key());
    findings.addAll(NamedFindings.of(System.getenv()));
    if (named.baseUrl != null) {
      findings.add(
          EndpointFinding.of(
              named.access(named.baseUrl, endpoint, roles), named, interrupts.cancellation()));
    }
    boolean well = findings.stream().allMatch(f -> f.ok() || !f.needed());
    if (common.json) {
      console.json(Map.of("ok", well, "findings", findings));
    } else {
      findings.forEach(this::show);
    }
    return (well ? ExitCode.DONE : ExitCode.ENVIRONMENT_MISSING).status();
  }

  /** What is about the calls to an endpoint does nothing where none is called. */
  private void refuseOptionsWithoutEndpoint() {
    if (named.baseUrl != null || spec == null) {
      return;
    }
    Stream.of("named", "endpoint", "roles")
        .map(mixin -> spec.mixins().get(mixin))
        .flatMap(mixin -> mixin.options().stream())
        .map(OptionSpec::longestName)
        .filter(
            name ->
                !name.equals("--key-env")
                    && spec.commandLine().getParseResult().hasMatchedOption(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw CliError.option("without --base-url no endpoint is called", name);
            });
  }

  private void show(Finding finding) {
    console.line(
        "%-8s %-12s %s"
            .formatted(
                finding.ok() ? "ok" : finding.needed() ? "missing" : "none",
                finding.name(),
                finding.detail()));
    if (finding.remedy() != null) {
      console.line("%-8s %-12s → %s".formatted("", "", finding.remedy()));
    }
  }

  /** What scripts/setup finds of the tools that Java cannot see. */
  private static List<Finding> tools() {
    String script = System.getenv("LIGHTNING_BRIDGE_SETUP");
    if (script == null) {
      return List.of();
    }
    Map<String, String> values = check(Path.of(script));
    List<Finding> findings = new ArrayList<>();
    for (String tool : List.of("maven", "gcc", "python")) {
      String detail = values.get(tool + "_detail");
      if (detail != null) {
        findings.add(
            new Finding(
                tool,
                "1".equals(values.get(tool + "_ok")),
                true,
                detail,
                values.get(tool + "_remedy")));
      }
    }
    return findings;
  }

  private static Map<String, String> check(Path script) {
    Map<String, String> values = new HashMap<>();
    try {
      Process process =
          new ProcessBuilder(script.toString(), "--check", "--lines")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      String lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      lines
          .lines()
          .map(line -> line.split("=", 2))
          .filter(parts -> parts.length == 2)
          .forEach(parts -> values.put(parts[0], parts[1]));
    } catch (IOException e) {
      values.put("python_ok", "0");
      values.put("python_detail", "scripts/setup could not be asked: " + e.getMessage());
      values.put("python_remedy", script.toString());
    }
    return values;
  }

  /** The one of the real engine is needed; those of trainers are for who asks for them. */
  private static List<Finding> environments() {
    List<Finding> findings = new ArrayList<>();
    for (EnvironmentKind kind : EnvironmentKind.values()) {
      boolean needed = kind == EnvironmentKind.APO;
      String name = needed ? "environment" : kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
      findings.add(environment(kind, name, needed));
    }
    return findings;
  }

  private static Finding environment(EnvironmentKind kind, String name, boolean needed) {
    try {
      String found = PythonEnvironment.find(kind, System.getenv()).describe();
      return new Finding(name, true, needed, found, null);
    } catch (BridgeException e) {
      String detail = e.what() + " (" + e.where() + ")";
      return new Finding(name, false, needed, detail, e.remedy());
    }
  }

  private static Finding gpu() {
    List<String> gpus = Gpus.found();
    return gpus.isEmpty()
        ? new Finding(
            "gpu",
            false,
            false,
            "nvidia-smi lists none; sft and dpo train small models on the CPU",
            "rl needs one: use a machine with an NVIDIA GPU and its driver, or try it out by"
                + " --cpu-trial.")
        : new Finding("gpu", true, false, String.join("; ", gpus), null);
  }

  private Finding home() {
    if (!Files.exists(common.home)) {
      return new Finding(
          "home", true, true, common.home.toAbsolutePath() + ", made at the first run", null);
    }
    BridgeHome home;
    try {
      home = BridgeHome.open(common.home);
      BridgeDatabase.open(home).close();
    } catch (BridgeException e) {
      return new Finding("home", false, true, e.what() + " (" + e.where() + ")", e.remedy());
    }
    return new Finding("home", true, true, home.folder().toString(), null);
  }

  private Finding key() {
    boolean set = System.getenv(named.keyVariable) != null;
    return new Finding(
        "key",
        set,
        false,
        set ? named.keyVariable + " is set" : named.keyVariable + " is not set",
        set
            ? null
            : "Set it for a hosted model endpoint; the sandbox and most local servers need none.");
  }
}
