package dev.lightningbridge.lightning;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import jep.JepConfig;
import jep.JepException;
import jep.MainInterpreter;
import jep.PyConfig;
import jep.SharedInterpreter;

/** CPython in this process, for the one call that is the worker's run. */
final class EmbeddedPython {
  private static final String MODULE = "python/lightning_bridge/__init__.py";

  private EmbeddedPython() {}

  /**
   * Starts CPython on the calling thread and calls the entry.
   *
   * @param configuration {@code jepLibrary}, {@code python}, {@code pythonPath} (further folders
   *     with modules), {@code entry} (module and function, joined by a colon), {@code job}, and
   *     {@code ownStreams} where Python is to keep its own standard streams
   * @return JSON of what the entry returned, or of how Python ended
   */
  static String run(JsonNode configuration, WorkerLink link) throws JepException {
    MainInterpreter.setJepLibraryPath(configuration.path("jepLibrary").asText());
    MainInterpreter.setInitParams(
        PyConfig.python().setProgramName(configuration.path("python").asText()));
    JepConfig config = new JepConfig().setClassLoader(EmbeddedPython.class.getClassLoader());
    if (!configuration.path("ownStreams").asBoolean()) {
      config.redirectStdout(System.err).redirectStdErr(System.err);
    }
    SharedInterpreter.setConfig(config);
    // Callbacks have types of the JDK only, which every class loader knows as the same.
    Consumer<String> report = link::report;
    Function<String, String> rollout = link::rollout;
    Supplier<String> poll = link::poll;
    try (SharedInterpreter python = new SharedInterpreter()) {
      python.set("folders", modulePath(configuration.path("pythonPath")));
      python.set("entry", configuration.path("entry").asText());
      python.set("report", report);
      python.set("rollout", rollout);
      python.set("poll", poll);
      python.set("job", Ascii.write(configuration.path("job")));
      python.exec("import sys");
      python.exec("sys.path[:0] = list(folders)");
      python.exec("from lightning_bridge.worker import call");
      python.exec("result = call(entry, job, report.accept, rollout.apply, poll.get)");
      return python.getValue("result", String.class);
    }
  }

  private static List<String> modulePath(JsonNode further) {
    List<String> folders = new ArrayList<>();
    further.forEach(folder -> folders.add(folder.asText()));
    folders.add(ownModules());
    return folders;
  }

  /**
   * Where the package {@code lightning_bridge} is: a folder, or a path into our jar, from which
   * Python imports as well.
   */
  static String ownModules() {
    URL module = EmbeddedPython.class.getClassLoader().getResource(MODULE);
    if (module == null) {
      throw new IllegalStateException("the package lightning_bridge is not on the class path");
    }
    String where = module.toString();
    boolean packed = where.startsWith("jar:");
    String file = packed ? where.substring("jar:".length()).replace("!/", "/") : where;
    try {
      Path init = Path.of(new URI(file));
      return String.valueOf(init.resolve("../..").normalize());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("no path: " + where, e);
    }
  }
}
