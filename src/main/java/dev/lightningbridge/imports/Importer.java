package dev.lightningbridge.imports;

import dev.lightningbridge.camp.writing.CampImport;
import dev.lightningbridge.camp.writing.ImportedVersion;
import dev.lightningbridge.common.BridgeException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Brings files of scored outputs and tasks into a Training Camp database, which it makes where
 * there is none. Rows are read and written one by one, in flat memory.
 */
public final class Importer {
  private final Clock clock;

  public Importer(Clock clock) {
    this.clock = clock;
  }

  /** The names of the fields that a column can be. */
  public static List<String> fields() {
    return Stream.of(Field.values()).map(Field::word).toList();
  }

  /** A file with what is known of it. */
  private record Source(
      ImportRequest.Given file, Charset charset, ImportFormat format, Scale scale) {}

  /** What was found in the files before anything is written. */
  private record Found(List<Source> sources, boolean hasScores) {}

  /**
   * Looks at the first rows of each file: which columns there are, and what each is taken for.
   *
   * @throws BridgeException where a file cannot be read
   */
  public List<FoundColumn> look(ImportRequest request) {
    Columns columns = Columns.of(request.map());
    Preview preview = new Preview(columns);
    for (ImportRequest.Given file : request.files()) {
      look(request, file, preview, new ArrayList<>());
    }
    return columns.found(preview.firstValues());
  }

  private static Found look(ImportRequest request, Columns columns, List<String> remarks) {
    List<Source> sources = new ArrayList<>();
    boolean hasScores = false;
    for (ImportRequest.Given file : request.files()) {
      Preview preview = new Preview(columns);
      Source source = look(request, file, preview, remarks);
      columns.requireChosen(preview.firstValues().keySet(), file.name());
      if (preview.lacksPrompt() && request.prompt() == null) {
        throw new BridgeException(
            ImportError.PROMPT_MISSING,
            "nothing says which prompt the outputs came from",
            file.name(),
            "Give the prompt by --prompt FILE, or its column by --map prompt=COLUMN.");
      }
      Scale scale = request.scale();
      if (scale == null) {
        scale = preview.scores().find(file.name());
      }
      hasScores |= preview.hasScores();
      sources.add(new Source(file, source.charset(), source.format(), scale));
    }
    return new Found(sources, hasScores);
  }

  /**
   * Imports.
   *
   * @throws BridgeException where a file cannot be read, the scale or the prompt cannot be told, or
   *     the database cannot be written
   */
  public ImportReport run(ImportRequest request) {
    Columns columns = Columns.of(request.map());
    List<String> remarks = new ArrayList<>();
    Found found = look(request, columns, remarks);
    Tally tally = new Tally();
    try (CampImport camp =
        CampImport.open(
            request.db(),
            clock,
            new CampImport.NewSession(
                request.sessionName(),
                "Imported: " + request.sessionName(),
                request.model() == null ? "unknown" : request.model(),
                false),
            request.dryRun())) {
      PromptFamilies families = new PromptFamilies(camp);
      if (request.prompt() != null) {
        families.of(request.prompt());
      }
      for (Source source : found.sources()) {
        read(
            source,
            new RowImport(
                source.file().name(),
                columns,
                source.scale(),
                request.prompt(),
                camp,
                families,
                tally));
      }
      if (tally.written + tally.known == 0) {
        throw nothing(request, tally);
      }
      if (tally.odd > 0) {
        remarks.add(
            "%,d times could not be understood; they are kept as metadata.".formatted(tally.odd));
      }
      Path backup = camp.finish();
      ImportedVersion main = families.main();
      return new ImportReport(
          request.db().toString(),
          camp.sessionId(),
          main == null ? null : main.lineageId(),
          main == null ? null : main.id(),
          tally.rows(),
          tally.skipped(),
          tally.byCode(),
          found.hasScores() ? found.sources().get(0).scale().word() : null,
          columns.understood(),
          columns.kept(),
          List.copyOf(remarks),
          backup == null ? null : backup.toString());
    }
  }

  private static Source look(
      ImportRequest request, ImportRequest.Given file, Preview preview, List<String> remarks) {
    Charset charset = SourceText.charset(file);
    if (!charset.equals(StandardCharsets.UTF_8)) {
      remarks.add("%s is not in UTF-8 and was read as %s.".formatted(file.name(), charset.name()));
    }
    ImportFormat format = request.format();
    if (format == null) {
      try (SourceText text = SourceText.open(file, charset)) {
        format = ImportFormat.guess(text.start());
      } catch (IOException e) {
        throw SourceText.unreadable(file, String.valueOf(e.getMessage()), "Check the file.", e);
      }
    }
    Source source = new Source(file, charset, format, Scale.TO_TEN);
    read(source, preview);
    return source;
  }

  private static void read(Source source, RowTaker taker) {
    try (SourceText text = SourceText.open(source.file(), source.charset())) {
      source.format().rows().read(text, taker);
    } catch (IOException e) {
      throw SourceText.unreadable(
          source.file(), String.valueOf(e.getMessage()), "Mend the file and try again.", e);
    }
  }

  private static BridgeException nothing(ImportRequest request, Tally tally) {
    ImportReport.Left first = tally.skipped().isEmpty() ? null : tally.skipped().get(0);
    return new BridgeException(
        ImportError.NOTHING_TO_IMPORT,
        first == null
            ? "the files hold no row"
            : "no row can be imported; the first is left out since " + first.why(),
        first == null
            ? request.files().get(0).name()
            : "%s, line %d".formatted(first.file(), first.line()),
        "Name the columns by --map input=COLUMN,output=COLUMN,score=COLUMN.");
  }
}
