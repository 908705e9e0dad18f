package dev.lightningbridge.cli.options;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that holds a prompt. */
public final class PromptFile {
  private PromptFile() {}

  /** The prompt, without white space around it; what is wrong is said of the option. */
  public static String read(Path file, String option) {
    try {
      String text = Files.readString(file).strip();
      if (!text.isEmpty()) {
        return text;
      }
    } catch (IOException e) {
      throw CliError.option("the prompt cannot be read from " + file, option);
    }
    throw CliError.option("the prompt is empty: " + file, option);
  }
}
