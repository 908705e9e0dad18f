package dev.lightningbridge.api.requests;

import dev.lightningbridge.imports.ImportFormat;
import dev.lightningbridge.imports.Scale;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/** The parts of a form by which a client has a file imported. */
public class NewImport {
  /** The longest name of a file, a session, a model or a field's column. */
  static final int NAME = 200;

  @Schema(
      description =
          "Id that GET /databases lists, or the whole path of a file in an allowed folder; it is"
              + " made if missing.",
      examples = "/data/camp/reviews.db")
  @RestForm
  @NotNull
  @Size(min = 1, max = 4096)
  String database = "";

  @Schema(
      description = "The file with rows; or else text.",
      type = SchemaType.STRING,
      format = "binary")
  @RestForm
  @Nullable FileUpload file;

  @Schema(description = "The text of a file with rows, in place of file.")
  @RestForm
  @Size(max = 8_000_000)
  @Nullable String text;

  @Schema(description = "What the text is called in the answer.")
  @RestForm
  @Size(max = NAME)
  @Nullable String name;

  @Schema(description = "Session to make or extend; the file's name if left out.")
  @RestForm
  @Size(max = NAME)
  @Nullable String session;

  @Schema(description = "The prompt that the outputs came from, if the rows name none.")
  @RestForm
  @Size(max = 1_000_000)
  @Nullable String prompt;

  @Schema(description = "Model that the agent runs with.")
  @RestForm
  @Size(max = NAME)
  @Nullable String model;

  @Schema(
      description = "Which column is which field: input=Q,output=A; score= for none.",
      examples = "input=Q,output=A")
  @RestForm
  @Size(max = 4096)
  @Nullable String map;

  @Schema(description = "Scale of the scores; what they can be if left out.")
  @RestForm
  @Pattern(regexp = Scale.PATTERN)
  @Nullable String scale;

  @Schema(description = "Form of the file; what it looks like if left out.")
  @RestForm
  @Pattern(regexp = ImportFormat.PATTERN)
  @Nullable String format;

  @Schema(description = "true: say what would be written, and write nothing.")
  @RestForm
  @Pattern(regexp = "^(true|false)$")
  @Nullable String dryRun;
}
