package dev.lightningbridge.web;

import static java.util.Objects.requireNonNullElse;

import dev.lightningbridge.dataset.Pool;
import dev.lightningbridge.model.Limits;
import dev.lightningbridge.runs.nights.Schedule;
import dev.lightningbridge.runs.nights.ScheduleParts;
import dev.lightningbridge.runs.nights.WeeklyTimes;
import dev.lightningbridge.runs.request.SearchChoice;
import jakarta.ws.rs.FormParam;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The fields of a new schedule. */
public class ScheduleForm {
  @FormParam("name")
  String name = "";

  @FormParam("database")
  String database = "";

  @FormParam("lineage")
  List<String> lineages = new ArrayList<>();

  @FormParam("time")
  String time = "";

  @FormParam("day")
  List<String> days = new ArrayList<>();

  /** Where it is given, the time and the days do not count. */
  @FormParam("cron")
  String cron = "";

  @FormParam("zone")
  String zone = "";

  @FormParam("newScores")
  int newScores = 1;

  @FormParam("model")
  String model = "";

  @FormParam("engine")
  @Nullable String engine;

  @FormParam("sandboxSeed")
  @Nullable Long sandboxSeed;

  @FormParam("calls")
  @Nullable Long calls;

  @FormParam("usd")
  @Nullable Double usd;

  @FormParam("autoPromote")
  boolean autoPromote;

  @FormParam("leastEffect")
  @Nullable Double leastEffect;

  @FormParam("noEarlyStop")
  boolean noEarlyStop;

  @FormParam("asPlainPrompt")
  boolean asPlainPrompt;

  @FormParam("noDemonstrations")
  boolean noDemonstrations;

  @FormParam("sameNeed")
  boolean sameNeed;

  boolean isSimulated() {
    return model.equals("sandbox");
  }

  /**
   * A new schedule.
   *
   * @throws dev.lightningbridge.common.BridgeException where a field cannot be read
   */
  Schedule schedule(Path camp) {
    SearchChoice search =
        new SearchChoice(engine, null, null, SearchChoice.Beam.USUAL, null, null, null, null);
    return new Schedule(
        UUID.randomUUID().toString(),
        name.strip(),
        true,
        new ScheduleParts.Scope(
            camp, null, lineages, sameNeed ? List.of(Pool.SAME_NEED) : List.of()),
        new ScheduleParts.When(
            cron.isBlank() ? WeeklyTimes.of(time, days).cron() : cron.strip(),
            zone.strip(),
            newScores),
        Schedule.Search.of(
            search.settings(),
            new ScheduleParts.Testing(false, leastEffect, !noEarlyStop),
            new ScheduleParts.Prompting(asPlainPrompt, noDemonstrations),
            null),
        new Schedule.Model(isSimulated(), requireNonNullElse(sandboxSeed, 0L), Map.of(), Map.of()),
        new ScheduleParts.Spending(Limits.NONE, new Limits(calls, null, usd)),
        autoPromote,
        null);
  }
}
