package dev.lightningbridge.lightning;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The command line and environment of a worker process. */
final class WorkerCommand {
  /** Nothing else of the parent's environment gets in: no keys, no proxies, no Python settings. */
  private static final List<String> PASSED_ON =
      List.of("PATH", "HOME", "TZ", "CUDA_VISIBLE_DEVICES");

  private static final Map<String, String> SET =
      Map.of(
          // Models and data are on the disk: nothing is looked up or fetched.
          "HF_HUB_OFFLINE", "1",
          "HF_DATASETS_OFFLINE", "1",
          "LC_ALL", "C.UTF-8",
          "LITELLM_LOCAL_MODEL_COST_MAP", "True",
          // Its only address is the gateway's on loopback; some systems have a proxy for all.
          "NO_PROXY", "127.0.0.1,localhost",
          "PYTHONHASHSEED", "0",
          "PYTHONNOUSERSITE", "1",
          "PYTHONUTF8", "1",
          "TOKENIZERS_PARALLELISM", "false");

  private static final String FAST_JAR = "quarkus-run.jar";

  private WorkerCommand() {}

  /** A process not yet started: the parent's own Java and classes, in the folder. */
  static ProcessBuilder in(Path folder, Map<String, String> variables) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    // Small and quick to start: the work is Python's.
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-Xshare:auto", "-XX:-CreateCoredumpOnCrash"));
    command.add("-XX:ErrorFile=" + folder.resolve("crash.log"));
    command.addAll(List.of("-cp", classPath(System.getProperty("java.class.path"))));
    command.add(WorkerMain.class.getName());
    return isolated(command, folder, variables);
  }

  /** A process not yet started, in the folder, with what a worker gets of the environment. */
  static ProcessBuilder isolated(List<String> command, Path folder, Map<String, String> variables) {
    ProcessBuilder process = new ProcessBuilder(command).directory(folder.toFile());
    process.environment().clear();
    for (String name : PASSED_ON) {
      if (variables.containsKey(name)) {
        process.environment().put(name, variables.get(name));
      }
    }
    process.environment().putAll(SET);
    process.environment().put("TMPDIR", folder.toString());
    process.environment().put("HF_HOME", folder.toString());
    return process;
  }

  /**
   * The class path with absolute entries; for a Quarkus fast-jar, the jars that it loads itself.
   */
  static String classPath(String ownClassPath) {
    List<String> entries = new ArrayList<>();
    for (String entry : ownClassPath.split(File.pathSeparator, -1)) {
      Path path = Path.of(entry).toAbsolutePath();
      entries.add(path.toString());
      if (path.endsWith(FAST_JAR)) {
        for (String part : List.of("app", "lib/main", "lib/boot")) {
          entries.add(path.resolveSibling(part) + File.separator + "*");
        }
      }
    }
    return String.join(File.pathSeparator, entries);
  }
}
