package dev.lightningbridge.lightning;

import dev.lightningbridge.lightning.rl.JobMark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The processes of trainings by reinforcement learning on this machine, as {@code /proc} tells. */
final class JobProcesses {
  private static final Path PROCESSES = Path.of("/proc");
  private static final Pattern MODULE = Pattern.compile("rl_service\0(\\w+)\0");
  private static final Pattern MEMORY = Pattern.compile("(?m)^Pss: +(\\d+) kB");

  private JobProcesses() {}

  /** The command's process, those that it started, and all others that have a job's mark. */
  static Map<Long, String> of(ProcessHandle command) {
    Map<Long, String> found = new TreeMap<>();
    if (command.isAlive()) {
      found.put(command.pid(), "bridge");
      command.descendants().forEach(child -> found.put(child.pid(), name(child.pid())));
    }
    found.putAll(marked());
    found.values().removeIf(String::isEmpty); // gone meanwhile
    return found;
  }

  /** Those that have a job's mark, whichever job's it is. */
  static Map<Long, String> marked() {
    Map<Long, String> found = new TreeMap<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
      for (Path folder : folders) {
        if (read(folder.resolve("environ")).contains(JobMark.VARIABLE + "=")) {
          long pid = Long.parseLong(String.valueOf(folder.getFileName()));
          found.put(pid, name(pid));
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return found;
  }

  /** Megabytes of the processes together; what several share is counted once. */
  static long megabytes(Map<Long, String> processes) {
    long kilobytes = 0;
    for (long pid : processes.keySet()) {
      Matcher memory = MEMORY.matcher(read(PROCESSES.resolve(pid + "/smaps_rollup")));
      kilobytes += memory.find() ? Long.parseLong(memory.group(1)) : 0;
    }
    return kilobytes / 1024;
  }

  /** Such as {@code raylet, 3 x ray::IDLE, worker}. */
  static String described(Map<Long, String> processes) {
    Map<String, Integer> counts = new TreeMap<>();
    processes.values().forEach(name -> counts.merge(name, 1, Integer::sum));
    List<String> words =
        counts.entrySet().stream()
            .map(e -> e.getValue() == 1 ? e.getKey() : e.getValue() + " x " + e.getKey())
            .toList();
    return processes.size() + ": " + (words.isEmpty() ? "none" : String.join(", ", words));
  }

  /** What people know it by: the program, or for an interpreter what it runs. */
  private static String name(long pid) {
    String line = read(PROCESSES.resolve(pid + "/cmdline"));
    Matcher service = MODULE.matcher(line);
    if (line.contains(WorkerMain.class.getName())) {
      return "worker (CPython in a JVM)";
    }
    if (service.find()) {
      return "agl-" + service.group(1);
    }
    String[] words = line.split("\0", -1);
    String program = base(words[0]);
    if (!program.startsWith("python") || words.length < 2) {
      // Ray's and vLLM's processes name themselves, with a remark in brackets.
      return program.replaceFirst("[ \\[(].*", "");
    }
    for (String word : List.of(words).subList(1, words.length)) {
      if (word.endsWith(".py")) {
        return base(word);
      }
    }
    return words[1].equals("-m") && words.length > 2 ? words[2] : "python";
  }

  private static String base(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Empty where it is another user's, or gone. */
  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }
}
