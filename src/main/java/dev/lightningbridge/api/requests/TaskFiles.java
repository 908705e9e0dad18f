package dev.lightningbridge.api.requests;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.common.Sha256;
import dev.lightningbridge.common.WholeFile;
import dev.lightningbridge.workshop.Workshop;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Tasks that came with a request, kept in the home folder under a name made of their content. */
@ApplicationScoped
class TaskFiles {
  private final Path folder;

  TaskFiles(Workshop workshop) {
    this.folder = workshop.home().folder().resolve("tasks");
  }

  /** A file of these tasks, as the command line would be given it. */
  Path of(List<NewRun.NewTask> tasks) {
    StringBuilder lines = new StringBuilder();
    tasks.forEach(task -> lines.append(line(task)).append('\n'));
    return kept(Sha256.hex(lines.toString()) + ".jsonl", lines.toString());
  }

  /** A file of this text, whatever form its tasks have. */
  Path of(String text) {
    return kept("given-text-" + Sha256.hex(text).substring(0, 16), text);
  }

  private Path kept(String name, String text) {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      try {
        WholeFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
      } catch (IOException e) {
        throw new UncheckedIOException("the tasks cannot be kept: " + file, e);
      }
    }
    return file;
  }

  private static ObjectNode line(NewRun.NewTask task) {
    ObjectNode line = Json.mapper().createObjectNode();
    if (task.id() != null) {
      line.put("id", task.id());
    }
    line.put("input", task.input());
    if (task.expected() != null) {
      line.put("expected", task.expected());
    }
    if (task.checks() != null) {
      ArrayNode checks = line.putArray("checks");
      task.checks().forEach(check -> checks.addObject().setAll(check));
    }
    if (task.tag() != null) {
      line.put("tag", task.tag());
    }
    return line;
  }
}
