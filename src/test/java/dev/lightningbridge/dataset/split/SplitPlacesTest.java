package dev.lightningbridge.dataset.split;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskSource;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SplitPlacesTest {
  private static Task task(String input) {
    return new Task(input, input, null, List.of(), "s", TaskSource.PROVIDED);
  }

  @Test
  void a_split_is_read_as_it_was_written_with_wordings_and_what_is_aside() {
    List<Task> tasks =
        IntStream.range(0, 60)
            .mapToObj(i -> "The door number w%d in street x%d makes noise y%d".formatted(i, i, i))
            .flatMap(text -> Stream.of(task(text), task(text + " Thanks!")))
            .toList();
    Split split = Splitter.split(tasks, SplitPlan.DEFAULT, Seal.of("s", 0)).orElseThrow();

    String letters = SplitPlaces.of(tasks, split);

    assertThat(letters).hasSize(tasks.size()).contains("r", "v", "t", "w", "a");
    assertThat(SplitPlaces.read(tasks, letters)).isEqualTo(split);
  }
}
