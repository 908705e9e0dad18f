package dev.lightningbridge.runs.report;

import dev.lightningbridge.common.Interval;
import dev.lightningbridge.dataset.Failure;
import dev.lightningbridge.dataset.Message;
import dev.lightningbridge.dataset.Outcome;
import dev.lightningbridge.dataset.Rollout;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskSource;
import dev.lightningbridge.grading.calibration.Agreement;
import dev.lightningbridge.model.Limits;
import dev.lightningbridge.model.ModelRole;
import dev.lightningbridge.model.Spend;
import dev.lightningbridge.optimize.ApoSettings;
import dev.lightningbridge.optimize.verdict.LevelSpending;
import dev.lightningbridge.optimize.verdict.PairedRollout;
import dev.lightningbridge.optimize.verdict.RolloutCounts;
import dev.lightningbridge.optimize.verdict.RunRollouts;
import dev.lightningbridge.optimize.verdict.TestResult;
import dev.lightningbridge.optimize.verdict.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A report's content as a run of the triage domain gives it. */
final class ReportSample {
  static final String SEED =
      """
      You are a support assistant. Read the ticket and tell how urgent it is, what it is about and what the customer needs.
      Be polite.
      Open with a warm greeting to the customer.
      The team reads your answers in the order of their urgency.
      Never close a ticket.
      Never promise a date.
      If you cannot tell what it is about, say so.
      Sign with the name of the team.""";
  static final String BETTER =
      """
      You are a support assistant. Read the ticket and tell how urgent it is, what it is about and what the customer wants, in English.
      Be polite.
      - Return only one valid JSON object, no other text: {"priority": "P1", "category": "access", "summary": "…"}
      - Priority must be one of P1, P2, P3, P4.
      - If 10 or more users are affected, treat the ticket as top priority.
      The team reads your answers in the order of their urgency.
      Never close a ticket.
      Never promise a date.
      If you cannot tell what it is about, say so.
      Sign with the name of the team.""";

  private ReportSample() {}

  static ReportData sandbox() {
    List<PairedRollout> pairs = pairs();
    double[] old =
        pairs.stream()
            .filter(PairedRollout::comparable)
            .mapToDouble(p -> p.baseline().reward().orElseThrow())
            .toArray();
    double[] now =
        pairs.stream()
            .filter(PairedRollout::comparable)
            .mapToDouble(p -> p.winner().reward().orElseThrow())
            .toArray();
    return new ReportData(
        new ReportData.Subject(
            "data/camp.db",
            "5b0c2a52-6c1e-4f6e-9c1e-0d6f0b8a5a11",
            "Support ticket triage",
            "0f9d5a7e-1111-4c4c-9999-3f1b2c3d4e5f",
            "B",
            "7f3e0f7a-2222-4b4b-8888-1a2b3c4d5e6f",
            3),
        new ReportData.Run(
            "01JD8Z6X5T7R1",
            "agentlightning 0.3.0",
            "judge",
            new ReportData.Judge(
                "gpt-4o-mini at https://models.example",
                true,
                false,
                "It agrees with people: its weighted kappa with 94 human scores is 0.71 (95 % interval from 0.58).",
                new Agreement(
                    94,
                    estimate(0.74, 0.62, 0.83),
                    estimate(0.71, 0.58, 0.81),
                    estimate(1.12, 0.94, 1.31)),
                true,
                false,
                "01JD8Z6X5T7R1-judge.html"),
            7,
            ApoSettings.DEFAULT,
            new ReportData.TaskCounts(24, 16, 20, 2),
            RunRollouts.of(RolloutCounts.of(List.of()), pairs),
            "finished all rounds",
            Instant.parse("2026-11-24T08:12:03Z"),
            Instant.parse("2026-11-24T08:13:01Z")),
        true,
        Verdict.of(TestResult.of(old, now, 1, LevelSpending.first(), 7)),
        List.of(),
        new ReportData.Prompts(SEED, BETTER, "v5"),
        candidates(),
        evaluations(),
        pairs,
        new ReportData.Spending(
            List.of(
                new ReportData.RoleSpend(ModelRole.WORKER, new Spend(424, 118_203, 41_377, 0.0931)),
                new ReportData.RoleSpend(ModelRole.CRITIC, new Spend(24, 61_004, 4_120, 0.0402)),
                new ReportData.RoleSpend(ModelRole.EDITOR, new Spend(24, 12_441, 6_090, 0.0188))),
            new Limits(1000L, null, 2.0)),
        new ReportData.Next(
            "The new prompt waits for your approval:", "scripts/bridge promote 01JD8Z9P"),
        null);
  }

  private static List<ReportData.Candidate> candidates() {
    String critique =
        """
        - The answer is prose; the system that reads it needs one JSON object and nothing else.
        - Priority is given in words such as "critical"; it must be one of P1, P2, P3, P4.
        - Tickets that affect ten or more users are not treated as urgent.""";
    String half = SEED.replace("Be polite.", "Be polite.\n- Output JSON only.");
    return List.of(
        new ReportData.Candidate("v0", null, 0, SEED, null),
        new ReportData.Candidate("v1", "v0", 1, half, critique),
        new ReportData.Candidate("v2", "v0", 1, SEED + "\nExplain your reasoning.", critique),
        new ReportData.Candidate("v3", "v1", 2, half + "\n- Use the codes P1 to P4.", critique),
        new ReportData.Candidate("v4", "v1", 2, half + "\nBe exhaustive.", critique),
        new ReportData.Candidate("v5", "v3", 3, BETTER, critique),
        new ReportData.Candidate("v6", "v3", 4, half + "\n- Neutral tone.", critique));
  }

  private static List<ReportData.Evaluation> evaluations() {
    List<ReportData.Evaluation> all = new ArrayList<>();
    Object[][] rows = {
      {"v0", 0, 0.21}, {"v0", 1, 0.24}, {"v1", 1, 0.47}, {"v2", 1, 0.19}, {"v1", 2, 0.44},
      {"v3", 2, 0.66}, {"v4", 2, 0.38}, {"v3", 3, 0.68}, {"v5", 3, 0.86}, {"v5", 4, 0.84},
      {"v6", 4, 0.71}
    };
    for (Object[] row : rows) {
      all.add(
          new ReportData.Evaluation(
              (String) row[0], (Integer) row[1], "validation", 8, 0, (Double) row[2]));
    }
    return all;
  }

  private static List<PairedRollout> pairs() {
    Random random = new Random(4);
    List<PairedRollout> pairs = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Task task =
          new Task(
              "t" + (100 + i),
              """
              Ticket #%d
              Language: en
              Subject: Cannot log in after reset
              Body: %d users affected. Contact: user%d@example.com
              End of ticket."""
                  .formatted(10_000 + i, 1 + 3 * i, i),
              "{\"priority\":\"P1\",\"category\":\"access\"}",
              List.of(),
              null,
              i % 7 == 3 ? TaskSource.SYNTHETIC : TaskSource.CAPTURED);
      double old = Math.rint(6 * (0.1 + 0.5 * random.nextDouble())) / 6;
      double now =
          i == 4
              ? Math.max(0, old - 2 / 6.0)
              : Math.rint(6 * (0.5 + 0.5 * random.nextDouble())) / 6;
      pairs.add(
          new PairedRollout(
              task,
              rollout(
                  task,
                  SEED,
                  "Here is my assessment:\n* urgency - critical\n* type - Login problem",
                  new Outcome.Rewarded(old, "the output is not one JSON value")),
              i == 11
                  ? rollout(
                      task,
                      BETTER,
                      "",
                      new Outcome.InfrastructureFailed(
                          new Failure("TIMEOUT", "worker", "no answer in 60 s", "")))
                  : rollout(
                      task,
                      BETTER,
                      "{\"priority\": \"P1\", \"category\": \"access\", \"summary\": \"Customer cannot log in\"}",
                      new Outcome.Rewarded(
                          now, now == 1 ? "All as expected." : "priority should be \"P1\""))));
    }
    return pairs;
  }

  /** The sample with other tasks tested. */
  static ReportData with(ReportData data, List<PairedRollout> pairs) {
    return new ReportData(
        data.subject(),
        data.run(),
        data.sandbox(),
        data.verdict(),
        data.findings(),
        data.prompts(),
        data.candidates(),
        data.evaluations(),
        pairs,
        data.spending(),
        data.next(),
        data.promotion());
  }

  static Rollout rollout(Task task, String prompt, String output, Outcome outcome) {
    return new Rollout(task, prompt, List.of(new Message("assistant", output)), output, outcome);
  }

  private static Agreement.Estimate estimate(double value, double low, double high) {
    return new Agreement.Estimate(value, new Interval(low, high));
  }
}
