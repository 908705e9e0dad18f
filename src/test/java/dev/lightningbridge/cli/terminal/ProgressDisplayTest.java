package dev.lightningbridge.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.common.ControlText;
import dev.lightningbridge.model.Spend;
import dev.lightningbridge.optimize.RunEvent;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody sees who waits for a run. */
class ProgressDisplayTest {
  private static final String ESCAPE = String.valueOf((char) 0x1b);

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PlainStream err =
      new PlainStream(new PrintStream(bytes, true, StandardCharsets.UTF_8));
  private final AtomicLong nanos = new AtomicLong();

  @ParameterizedTest
  @ValueSource(ints = {20, 40, 60, 80, 100, 200})
  void the_bar_takes_one_line_of_a_terminal_of_any_width(int columns) {
    ProgressDisplay progress = onATerminal(() -> columns);
    aSearch(progress, 60);
    assertThat(bars()).isNotEmpty().allMatch(bar -> bar.length() < columns);
    assertThat(bars().getLast()).startsWith(columns > 60 ? "[" : "60/120");
  }

  @Test
  void it_tells_how_long_it_will_yet_take_and_what_was_spent() {
    ProgressDisplay progress = onATerminal(() -> 120);
    aSearch(progress, 60);
    assertThat(bars().getLast())
        .contains("60/120 rollouts · about 60 s left · 0.0600 USD · v1 on 16 validation tasks");
  }

  @Test
  void calls_that_have_no_price_are_counted() {
    ProgressDisplay progress = onATerminal(() -> 120);
    progress.spending(() -> new Spend(1_200, 10, 10, 0));
    progress.on(new RunEvent.PhaseStarted("search", 10));
    assertThat(bars().getLast()).contains("0/10 rollouts · 1,200 calls");
  }

  @Test
  void nothing_is_said_of_the_time_before_it_is_known_or_when_more_is_done_than_planned() {
    ProgressDisplay progress = onATerminal(() -> 120);
    aSearch(progress, 3);
    assertThat(bars().getLast()).doesNotContain("left");
    aSearch(progress, 125);
    assertThat(bars().getLast()).contains("125/125").doesNotContain("left");
  }

  @Test
  void without_a_terminal_there_is_a_line_a_step_and_no_control_code() {
    ProgressDisplay progress = new ProgressDisplay(err, null, nanos::get, question -> false);
    aSearch(progress, 60);
    progress.on(new RunEvent.RoundFinished(1, 4, List.of("v1", "v0")));
    progress.end();
    assertThat(text())
        .contains("Searching: about 120 rollouts\n")
        .contains("  v1 on 16 validation tasks: mean reward 0.50\n")
        .contains("Round 1 of 4: kept v1, v0 (0.0600 USD, about 60 s left)\n");
    assertThat(ControlText.isIn(text())).isFalse();
  }

  @Test
  void letters_that_take_two_columns_are_counted_so() {
    String line = ProgressBar.line(0, List.of("一二三四五六七八九十"), 11);
    assertThat(line).isEqualTo("一二三四五…");
    assertThat(ProgressBar.line(0, List.of("一二三四五"), 10)).isEqualTo("一二三四五");
    assertThat(ProgressBar.line(0, List.of("😀😀😀"), 5)).isEqualTo("😀😀…");
  }

  @Test
  void a_terminal_that_is_made_wider_is_asked_again_but_not_for_each_line() {
    AtomicInteger asked = new AtomicInteger();
    IntSupplier columns =
        Terminal.columns(() -> OptionalInt.of(80 + asked.getAndIncrement()), nanos::get);
    assertThat(columns.getAsInt()).isEqualTo(80);
    assertThat(columns.getAsInt()).isEqualTo(80);
    nanos.addAndGet(Duration.ofSeconds(3).toNanos());
    assertThat(columns.getAsInt()).isEqualTo(81);
    assertThat(Terminal.columns(OptionalInt::empty, nanos::get).getAsInt()).isEqualTo(80);
  }

  private ProgressDisplay onATerminal(IntSupplier columns) {
    return new ProgressDisplay(err, new ProgressBar(err, columns), nanos::get, question -> false);
  }

  /** 120 rollouts are planned, each takes a second and a tenth of a cent. */
  private void aSearch(ProgressDisplay progress, int rollouts) {
    progress.on(new RunEvent.PhaseStarted("search", 120));
    AtomicInteger done = new AtomicInteger();
    progress.spending(() -> new Spend(done.get(), 10, 10, done.get() * 0.001));
    for (int i = 0; i < rollouts; i++) {
      nanos.addAndGet(Duration.ofSeconds(1).toNanos());
      done.incrementAndGet();
      progress.on(new RunEvent.RolloutFinished("v1", "t" + i, 0.5, null, false));
    }
    progress.on(new RunEvent.Evaluated("v1", 1, "validation", 16, 0, 0.5));
  }

  /** Each as it was written, without the terminal's commands. */
  private List<String> bars() {
    return List.of(text().split("\r" + ESCAPE + "\\[2K" + ESCAPE + "\\[\\?7l")).stream()
        .skip(1)
        .map(part -> part.substring(0, part.indexOf(ESCAPE)))
        .toList();
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
