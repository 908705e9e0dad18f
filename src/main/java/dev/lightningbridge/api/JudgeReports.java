package dev.lightningbridge.api;

import static java.util.Objects.requireNonNullElse;

import dev.lightningbridge.api.requests.GivenFields;
import dev.lightningbridge.api.requests.NewJudgeReport;
import dev.lightningbridge.api.requests.RunRequests;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.grading.GraderChoice;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.runs.judging.JudgeRequest;
import dev.lightningbridge.runs.judging.JudgeResult;
import dev.lightningbridge.runs.judging.JudgeReview;
import dev.lightningbridge.runs.request.AskedRun;
import dev.lightningbridge.runs.request.EngineChoice;
import dev.lightningbridge.runs.request.ModelUse;
import dev.lightningbridge.server.ApiError;
import dev.lightningbridge.server.Databases;
import dev.lightningbridge.server.ServerSettings;
import dev.lightningbridge.workshop.Workshop;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Judge reports that were asked for since the server's start, a few at a time. What they found is
 * kept in bridge.db for later runs, and as a page in the folder of reports.
 */
@ApplicationScoped
public class JudgeReports {
  private static final System.Logger LOG = System.getLogger(JudgeReports.class.getName());
  private static final int AT_ONCE = 2;
  private static final int REMEMBERED = 200;

  private final JudgeReview review;
  private final RunRequests requests;
  private final Databases databases;
  private final ServerSettings settings;
  private final Clock clock;
  private final Map<String, JudgeReport> reports = new LinkedHashMap<>();
  private final Map<String, Cancellation> running = new LinkedHashMap<>();

  JudgeReports(
      Workshop workshop,
      RunRequests requests,
      Databases databases,
      ServerSettings settings,
      Clock clock) {
    this.review = workshop.judgeReview();
    this.requests = requests;
    this.databases = databases;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Begins a report.
   *
   * @throws BridgeException where what it is about is not allowed, or as many run as may
   */
  public synchronized JudgeReport start(NewJudgeReport asked) {
    JudgeRequest request = request(asked);
    if (running.size() >= AT_ONCE) {
      throw new BridgeException(
          ApiError.TOO_MANY,
          "%d judge reports run".formatted(running.size()),
          "judge-reports",
          "Wait until one of them has ended.");
    }
    JudgeReport report = JudgeReport.begun(UUID.randomUUID().toString(), request, clock.instant());
    Cancellation cancellation = new Cancellation();
    reports.put(report.id(), report);
    running.put(report.id(), cancellation);
    if (reports.size() > REMEMBERED) {
      reports.keySet().stream()
          .filter(id -> !running.containsKey(id))
          .findFirst()
          .ifPresent(reports::remove);
    }
    Thread.ofPlatform()
        .daemon()
        .name("judge-" + report.id())
        .start(() -> run(report, request, cancellation));
    return report;
  }

  /** The newest first. */
  public synchronized List<JudgeReport> list() {
    return new ArrayList<>(reports.values()).reversed();
  }

  /**
   * The report of this id.
   *
   * @throws BridgeException where there is none
   */
  public synchronized JudgeReport get(String id) {
    JudgeReport report = reports.get(id);
    if (report == null) {
      throw new BridgeException(
          ApiError.NO_SUCH_REPORT,
          "there is no judge report of this id",
          id,
          "They are remembered until the server's end; their pages stay in the home folder.");
    }
    return report;
  }

  /** Cancels it where it runs. */
  public synchronized JudgeReport cancel(String id) {
    JudgeReport report = get(id);
    Cancellation cancellation = running.get(id);
    if (cancellation != null) {
      cancellation.request();
    }
    return report;
  }

  private void run(JudgeReport report, JudgeRequest request, Cancellation cancellation) {
    String how = "failed";
    String why = "an unexpected error";
    JudgeResult found = null;
    try {
      found = review.run(request, event -> told(report.id(), event), cancellation);
      how = "done";
      why = null;
    } catch (CancellationException e) {
      how = "cancelled";
      why = null;
    } catch (BridgeException e) {
      why = e.getMessage();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "judge report " + report.id(), e);
    } finally {
      end(report.id(), how, found, why);
    }
  }

  private synchronized void told(String id, RunEvent event) {
    reports.computeIfPresent(id, (same, report) -> report.after(event));
  }

  private synchronized void end(
      String id, String how, @Nullable JudgeResult found, @Nullable String why) {
    running.remove(id);
    reports.computeIfPresent(id, (same, report) -> report.ended(how, found, why));
    LOG.log(System.Logger.Level.INFO, "judge report {0}: {1}", id, how);
  }

  private JudgeRequest request(NewJudgeReport asked) {
    boolean unsaid = RunRequests.isUnsaid(asked.model());
    new AskedRun(
            AskedRun.Door.API,
            AskedRun.Work.JUDGE,
            EngineChoice.AUTO,
            GraderChoice.JUDGE.label(),
            unsaid || asked.model().sandbox() != null,
            unsaid || asked.model().endpoint() != null,
            asked.lineageId() != null,
            GivenFields.of(asked))
        .check();
    long seed = requireNonNullElse(asked.seed(), 0L);
    return new JudgeRequest(
        databases.resolve(asked.database()),
        asked.sessionId(),
        asked.lineageId(),
        new ModelUse(
            requests.access(asked.model()),
            RunRequests.names(asked.model().endpoint()),
            RunRequests.aliases(asked.model().endpoint()),
            settings.endpoint().prices().orElse(null),
            RunRequests.limits(asked.limits()),
            seed),
        requireNonNullElse(asked.outputs(), 200),
        requireNonNullElse(asked.concurrency(), 4),
        seed,
        Boolean.TRUE.equals(asked.includeOrphans()),
        null,
        requireNonNullElse(asked.pool(), List.of()));
  }

  @PreDestroy
  synchronized void close() {
    running.values().forEach(Cancellation::request);
  }
}
