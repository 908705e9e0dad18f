package dev.lightningbridge.runs.nights;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.Pool;
import dev.lightningbridge.model.Limits;
import dev.lightningbridge.runs.request.ModelAccess;
import dev.lightningbridge.runs.request.OptimizeRequest;
import dev.lightningbridge.runs.request.SearchChoice;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static Schedule schedule(ScheduleParts.Prompting prompting) {
    return new Schedule(
        "s1",
        "Nightly",
        true,
        new ScheduleParts.Scope(Path.of("/camp.db"), null, List.of(), List.of(Pool.SAME_NEED)),
        new ScheduleParts.When("0 2 * * *", "UTC", 10),
        Schedule.Search.of(
            SearchChoice.USUAL.settings(), ScheduleParts.Testing.USUAL, prompting, null),
        new Schedule.Model(true, 7, Map.of(), Map.of()),
        ScheduleParts.Spending.FREE,
        false,
        null);
  }

  @Test
  void its_runs_keep_examples_out_of_prompts_and_pool_as_it_says() {
    Schedule schedule = schedule(new ScheduleParts.Prompting(false, true));
    Schedule kept = Json.read(Json.write(schedule), Schedule.class);

    OptimizeRequest request = kept.request("L", Limits.NONE, new ModelAccess.None(), null);

    assertThat(kept).isEqualTo(schedule);
    assertThat(request.noDemonstrations()).isTrue();
    assertThat(request.asPlainPrompt()).isFalse();
    assertThat(request.pool()).containsExactly(Pool.SAME_NEED);
  }

  @Test
  void one_that_was_kept_before_schedules_could_say_so_allows_examples() throws Exception {
    ObjectNode kept =
        (ObjectNode)
            Json.mapper().readTree(Json.write(schedule(new ScheduleParts.Prompting(true, false))));
    ObjectNode search = (ObjectNode) kept.path("search");
    assertThat(search.remove("noDemonstrations")).isNotNull();

    Schedule read = Json.read(kept.toString(), Schedule.class);

    assertThat(read).isEqualTo(schedule(new ScheduleParts.Prompting(true, false)));
  }
}
