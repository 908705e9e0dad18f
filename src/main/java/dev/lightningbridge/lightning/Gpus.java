package dev.lightningbridge.lightning;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The NVIDIA GPUs of this machine, as nvidia-smi lists them. */
public final class Gpus {
  private static final long SECONDS = 10;

  private Gpus() {}

  /** Name and memory of each; empty where there is none, or no driver. */
  public static List<String> found() {
    try {
      Process process =
          new ProcessBuilder("nvidia-smi", "--query-gpu=name,memory.total", "--format=csv,noheader")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return List.of();
      }
      String lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.exitValue() == 0
          ? lines.lines().map(String::strip).filter(line -> !line.isEmpty()).toList()
          : List.of();
    } catch (IOException e) {
      return List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }
}
