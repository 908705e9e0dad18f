package dev.lightningbridge.dataset.export;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Skipped;
import dev.lightningbridge.corpus.Corpus;
import dev.lightningbridge.dataset.DatasetError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Exports a corpus. Memory does not grow with the texts of the database. */
public final class Exports {
  private Exports() {}

  /**
   * Writes the files of one format; they appear together, when all are complete, and until then
   * earlier ones of the same name stay as they are. Those of an increment are named after the row
   * of the event that it follows, such as {@code sft-after-4711.jsonl}.
   *
   * @throws BridgeException where the session does not exist or the files cannot be written
   */
  public static ExportReport export(Corpus corpus, ExportRequest request) {
    String session = request.sessionId();
    if (session != null && corpus.session(session).isEmpty()) {
      throw new BridgeException(
          DatasetError.SESSION_UNKNOWN,
          "The database has no such session",
          session,
          "Use an id that inspect lists.");
    }
    Since since = Since.of(corpus, request);
    try (ExportFolder folder = ExportFolder.open(request.out(), since.suffix())) {
      writer(request.format()).write(corpus, request, since, folder);
      List<ExportReport.ExportedFile> files = folder.publish();
      List<Skipped> skipped = new ArrayList<>(corpus.skipped());
      skipped.addAll(folder.skipped());
      return new ExportReport(
          request.format().label(), files, skipped, folder.counts(), since.next());
    } catch (IOException | UncheckedIOException e) {
      throw new BridgeException(
          DatasetError.OUTPUT_FAILED,
          "The export could not be written: " + e.getMessage(),
          request.out().toString(),
          "Make room or choose another folder with --out; earlier files are untouched.",
          e);
    }
  }

  private static ExportWriter writer(Format format) {
    return switch (format) {
      case EVENTS -> new EventsWriter();
      case TASKS -> new TasksWriter();
      case ROLLOUTS -> new RolloutsWriter();
      case RESOURCES -> new ResourcesWriter();
      case REWARDS -> new RewardsWriter();
      case STORE -> new StoreWriter();
      case SFT -> new SftWriter();
      case DPO -> new DpoWriter();
      case RL -> new RlWriter();
    };
  }
}
