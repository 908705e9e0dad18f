package dev.lightningbridge.api.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.runs.nights.NamedGraders;
import dev.lightningbridge.runs.request.AskedRun;
import dev.lightningbridge.runs.request.RunOption;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GivenFieldsTest {
  private static final String SEARCH =
      "{\"database\":\"d\",\"sessionId\":\"s\",\"model\":{\"sandbox\":{}}}";
  private static final String AT_ENDPOINT =
      "{\"database\":\"d\",\"sessionId\":\"s\",\"model\":{\"endpoint\":{}}}";
  private static final String BY_RULE =
      "{\"database\":\"d\",\"sessionId\":\"s\",\"grader\":\"exact\",\"model\":{\"endpoint\":{}}}";
  private static final String OF_LINEAGE =
      "{\"database\":\"d\",\"lineageId\":\"l\",\"model\":{\"sandbox\":{}}}";

  private static String trainedBy(String algorithm) {
    return "{\"database\":\"d\",\"sessionId\":\"s\",\"training\":{\"algorithm\":\"%s\",\"baseModel\":\"m\"}}"
        .formatted(algorithm);
  }

  private static List<String> fields(String prefix, Class<?> type) {
    List<String> fields = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      String name = prefix + component.getName();
      if (component.getType().isRecord()) {
        fields.addAll(fields(name + ".", component.getType()));
      } else {
        fields.add(name);
      }
    }
    return fields;
  }

  @Test
  void theTableHasEveryFieldOfARunAndOfAJudgesTestAndNoOther() {
    Set<String> there = new java.util.TreeSet<>(fields("", NewRun.class));
    there.addAll(fields("", NewJudgeReport.class));
    List<String> listed =
        Arrays.stream(RunOption.values())
            .map(option -> option.name(AskedRun.Door.API))
            .filter(name -> !name.isEmpty())
            .toList();
    assertThat(listed).containsExactlyInAnyOrderElementsOf(there);
  }

  @Test
  void theTableKnowsTheFieldsOfASchedulesRunsByTheirNamesThere() {
    List<String> ofRuns =
        Arrays.stream(RunOption.values())
            .filter(option -> !option.needs().isEmpty())
            .map(option -> option.name(AskedRun.Door.SCHEDULE))
            .filter(fields("", NewSchedule.class)::contains)
            .toList();
    assertThat(ofRuns)
        .contains("sandboxSeed", "endpoint.judge", "endpoint.aliases", "strategy", "acceptJudge");
  }

  @Test
  void switchesThatStandAsTheyDoAnywayAskForNothing() throws Exception {
    NewRun run = run(SEARCH, "{\"acceptJudge\":false,\"humanNotes\":true,\"tasks\":[],\"seed\":3}");
    assertThat(GivenFields.of(run)).containsExactlyInAnyOrder("database", "sessionId", "seed");
    assertThat(GivenFields.of(run(SEARCH, "{\"humanNotes\":false}"))).contains("humanNotes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "search | {\"strategy\":\"apo\"} | strategy",
        "search | {\"engine\":\"agentlightning\",\"strategy\":\"apo\"} | strategy",
        "sft | {\"engine\":\"java\"} | engine",
        "sft | {\"search\":{\"rounds\":2}} | search.rounds",
        "sft | {\"humanNotes\":false} | humanNotes",
        "sft | {\"synthesize\":9} | synthesize",
        "sft | {\"acceptJudge\":true} | acceptJudge",
        "sft | {\"training\":{\"algorithm\":\"sft\",\"baseModel\":\"m\",\"beta\":1}} | training.beta",
        "sft | {\"training\":{\"algorithm\":\"sft\",\"baseModel\":\"m\",\"nodes\":1}} | training.nodes",
        "rl | {\"training\":{\"algorithm\":\"rl\",\"baseModel\":\"m\",\"minScore\":1}} | training.minScore",
        "rule | {\"acceptJudge\":true} | acceptJudge",
        "rule | {\"model\":{\"endpoint\":{\"judge\":\"j\"}}} | model.endpoint.judge",
        "rule | {\"model\":{\"sandbox\":{\"judge\":\"noisy\"}}} | model.sandbox.judge",
        "sft | {\"model\":{\"endpoint\":{\"worker\":\"w\"}}} | model.endpoint.worker",
        "sft | {\"model\":{\"endpoint\":{\"critic\":\"w\"}}} | model.endpoint.critic",
        "lineage | {\"allowLocked\":true} | allowLocked"
      })
  void aFieldThatDoesNothingIsNamed(String kind, String given, String field) throws Exception {
    NewRun run = run(base(kind), given);
    assertThatThrownBy(() -> RunRequests.asked(run, NamedGraders.NONE).check())
        .hasMessageContainingAll("LB-7125", field + " does nothing here");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "search | {\"engine\":\"java\",\"strategy\":\"apo\",\"search\":{\"rounds\":2}}",
        "search | {\"allowLocked\":true,\"acceptJudge\":true,\"asPlainPrompt\":true}",
        "endpoint | {\"model\":{\"endpoint\":{\"worker\":\"w\",\"judge\":\"j\",\"aliases\":{\"a\":\"b\"}}}}",
        "sft | {\"model\":{\"endpoint\":{\"judge\":\"j\"}},\"acceptJudge\":true,\"synthesize\":9}",
        "rl | {\"training\":{\"algorithm\":\"rl\",\"baseModel\":\"m\",\"beta\":1,\"cpuTrial\":true}}"
      })
  void whatDoesSomethingIsTaken(String kind, String given) throws Exception {
    NewRun run = run(base(kind), given);
    assertThatCode(() -> RunRequests.asked(run, NamedGraders.NONE).check())
        .doesNotThrowAnyException();
  }

  private static String base(String kind) {
    return switch (kind) {
      case "search" -> SEARCH;
      case "endpoint" -> AT_ENDPOINT;
      case "rule" -> BY_RULE;
      case "lineage" -> OF_LINEAGE;
      default -> trainedBy(kind);
    };
  }

  private static NewRun run(String base, String more) throws Exception {
    ObjectNode body = (ObjectNode) Json.mapper().readTree(base);
    body.setAll((ObjectNode) Json.mapper().readTree(more));
    return Json.mapper().treeToValue(body, NewRun.class);
  }
}
