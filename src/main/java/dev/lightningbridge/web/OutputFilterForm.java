package dev.lightningbridge.web;

import dev.lightningbridge.runs.people.OutputFilter;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The fields by which a page chooses outputs; an empty one leaves all in. */
public class OutputFilterForm {
  @QueryParam("scored")
  @DefaultValue("")
  public String scored = "";

  @QueryParam("lineage")
  @DefaultValue("")
  public String lineage = "";

  @QueryParam("least")
  public @Nullable Integer least;

  @QueryParam("most")
  public @Nullable Integer most;

  @QueryParam("text")
  @DefaultValue("")
  public String text = "";

  OutputFilter filter() {
    return new OutputFilter(
        scored.isEmpty() ? null : scored.equals("yes"),
        lineage.isEmpty() ? null : lineage,
        null,
        least,
        most,
        text.isBlank() ? null : text.strip());
  }

  /** The same choice in an address. */
  public String query() {
    return "scored=%s&lineage=%s&least=%s&most=%s&text=%s"
        .formatted(
            encoded(scored),
            encoded(lineage),
            least == null ? "" : least,
            most == null ? "" : most,
            encoded(text));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
