package dev.lightningbridge.runs.report;

import dev.lightningbridge.common.Sha256;
import io.quarkus.qute.Engine;
import io.quarkus.qute.RawString;
import io.quarkus.qute.ReflectionValueResolver;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Templates of this project filled with texts from outside. Every value is escaped, whatever its
 * type and wherever it stands; texts from outside are values only and never parsed as templates.
 */
final class HtmlEngine {
  private final Engine engine =
      Engine.builder()
          .addDefaults()
          .addValueResolver(new ReflectionValueResolver())
          .addResultMapper(new HtmlText())
          .build();
  private final String css = resource("report.css");

  /**
   * @param templates names of template resources beside this class; they may include each other
   */
  HtmlEngine(String... templates) {
    for (String name : templates) {
      engine.putTemplate(name, engine.parse(resource(name), null, name));
    }
  }

  /** The page that the template makes of what it shows; the only style it allows is ours. */
  String render(String template, String title, Object page, Object data) {
    return engine
        .getTemplate(template)
        .data("css", new RawString(css))
        .data("cssHash", sha256(css))
        .data("title", title)
        .data("page", page)
        .data("data", data)
        .render();
  }

  private static String resource(String name) {
    try (InputStream in = HtmlEngine.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("missing resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha256(String text) {
    return Base64.getEncoder().encodeToString(Sha256.of(text));
  }
}
