package dev.lightningbridge.web;

import dev.lightningbridge.api.requests.NewJudgeReport;
import dev.lightningbridge.api.requests.NewRun;
import dev.lightningbridge.api.requests.RunLimits;
import dev.lightningbridge.model.sandbox.JudgeHabit;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import org.jspecify.annotations.Nullable;

/** The fields by which a page asks for the test of a judge; an empty one has its default. */
public class JudgeTestForm {
  @FormParam("database")
  @DefaultValue("")
  String database = "";

  @FormParam("session")
  @DefaultValue("")
  String session = "";

  @FormParam("model")
  @DefaultValue("")
  String model = "";

  @FormParam("judge")
  @DefaultValue("")
  String judge = "";

  @FormParam("outputs")
  @Nullable Integer outputs;

  @FormParam("calls")
  @Nullable Long calls;

  @FormParam("usd")
  @Nullable Double usd;

  @FormParam("sandboxSeed")
  @Nullable Long sandboxSeed;

  @FormParam("sandboxJudge")
  @DefaultValue(JudgeHabit.USUAL)
  String sandboxJudge = JudgeHabit.USUAL;

  /** What is asked for. */
  NewJudgeReport asked() {
    String named = judge.isBlank() ? null : judge.strip();
    return new NewJudgeReport(
        database,
        session,
        null,
        new NewRun.Model(
            model.equals("sandbox") ? new NewRun.Sandbox(sandboxSeed, null, sandboxJudge) : null,
            model.equals("endpoint") ? new NewRun.Endpoint(null, null, null, named, null) : null),
        new RunLimits(calls, null, usd),
        outputs,
        null,
        null,
        null,
        null);
  }
}
