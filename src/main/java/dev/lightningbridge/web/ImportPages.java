package dev.lightningbridge.web;

import dev.lightningbridge.api.requests.AskedImport;
import dev.lightningbridge.api.requests.ImportRequests;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.imports.FoundColumn;
import dev.lightningbridge.imports.ImportError;
import dev.lightningbridge.imports.ImportFormat;
import dev.lightningbridge.imports.ImportReport;
import dev.lightningbridge.imports.Importer;
import dev.lightningbridge.imports.Scale;
import dev.lightningbridge.server.Databases;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A file of scored outputs: what is in it, what would be written, and having it written. */
@Path("/import")
@Produces(MediaType.TEXT_HTML)
public class ImportPages {
  private static final int SHOWN = 20;

  private final Databases databases;
  private final ImportRequests requests;

  ImportPages(Databases databases, ImportRequests requests) {
    this.databases = databases;
    this.requests = requests;
  }

  /**
   * The page.
   *
   * @param chosen id of the database that is chosen at first; empty for a new one
   */
  record Import(
      List<DatabasePages.Line> databases,
      List<String> folders,
      String chosen,
      List<String> scales,
      List<String> formats)
      implements TemplateInstance {}

  /**
   * What is in a file, before anything is written.
   *
   * @param fields that a column can be
   * @param would what would be written; null where that cannot be told
   * @param error why it cannot be
   */
  record Looked(
      List<FoundColumn> columns,
      List<String> fields,
      @Nullable Told would,
      @Nullable BridgeException error,
      String remedy)
      implements TemplateInstance {}

  /**
   * What was written, and where it goes on.
   *
   * @param database its id
   */
  record Done(Told told, String database) implements TemplateInstance {}

  /**
   * A report with no more rows than a person reads.
   *
   * @param more how many were left out beside those that are shown
   */
  record Told(ImportReport report, List<ImportReport.Left> left, long more) {
    static Told of(ImportReport report) {
      List<ImportReport.Left> left = report.skipped().stream().limit(SHOWN).toList();
      long all = report.skippedByCode().values().stream().mapToLong(n -> n).sum();
      return new Told(report, left, all - left.size());
    }
  }

  @GET
  public TemplateInstance page(@QueryParam("database") @DefaultValue("") String chosen) {
    return new Import(
        databases.all().stream().map(DatabasePages.Line::of).toList(),
        databases.folders().stream().map(Object::toString).toList(),
        chosen,
        Stream.of(Scale.values()).map(Scale::word).toList(),
        Stream.of(ImportFormat.values()).map(ImportFormat::word).toList());
  }

  @POST
  @Path("look")
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  public TemplateInstance look(@BeanParam ImportForm form) {
    List<FoundColumn> columns = List.of();
    if (form.isEmpty()) {
      return new Looked(columns, Importer.fields(), null, null, "");
    }
    try {
      AskedImport asked = form.asked(true);
      columns = requests.look(asked);
      return new Looked(columns, Importer.fields(), Told.of(requests.run(asked)), null, "");
    } catch (BridgeException e) {
      return new Looked(
          columns.isEmpty() ? form.columns() : columns, Importer.fields(), null, e, remedy(e));
    }
  }

  @POST
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  public Response add(@BeanParam ImportForm form) {
    try {
      ImportReport report = requests.run(form.asked(false));
      return Response.ok(
              new Done(Told.of(report), Databases.id(java.nio.file.Path.of(report.db()))))
          .build();
    } catch (BridgeException e) {
      return Response.ok(new Looked(form.columns(), Importer.fields(), null, e, remedy(e)))
          .header("HX-Retarget", "#looked")
          .header("HX-Reswap", "innerHTML")
          .build();
    }
  }

  /** What to do on the page, where the command line would name an option. */
  private static String remedy(BridgeException e) {
    if (!(e.code() instanceof ImportError code)) {
      return e.remedy();
    }
    return switch (code) {
      case PROMPT_MISSING ->
          "Write the prompt into its field, or say below which column is the prompt.";
      case SCALE_UNCLEAR -> "Choose the scale of the scores.";
      case NOTHING_TO_IMPORT -> "Say below which column is the input, and which the output.";
      default -> e.remedy();
    };
  }
}
