package dev.lightningbridge.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class InvocationTest {
  @Test
  void a_command_to_paste_has_the_name_that_the_user_called_and_the_home_where_it_is_another() {
    assertThat(Invocation.of("scripts/bridge", Path.of(".lightning-bridge")).line("promote", "p1"))
        .isEqualTo("scripts/bridge promote p1");
    assertThat(Invocation.of(null, Path.of("my home")).line("runs", "resume", "r1"))
        .isEqualTo("bridge runs resume r1 --home 'my home'");
  }

  @Test
  void a_shell_takes_each_word_as_one_whatever_stands_in_it() {
    assertThat(Invocation.of("bridge", Path.of(".lightning-bridge")).line("a'b", "", "$x"))
        .isEqualTo("bridge 'a'\\''b' '' '$x'");
  }
}
