package dev.lightningbridge.optimize.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InOrderTest {
  private final List<String> handedOn = new ArrayList<>();
  private final InOrder<String> inOrder = new InOrder<>(handedOn::add);

  @Test
  void what_is_finished_before_its_turn_waits_for_it() {
    inOrder.add(2, "c");
    inOrder.add(1, "b");
    assertThat(handedOn).isEmpty();

    inOrder.add(0, "a");
    assertThat(handedOn).containsExactly("a", "b", "c");

    inOrder.add(3, "d");
    assertThat(handedOn).containsExactly("a", "b", "c", "d");
  }

  @Test
  void where_one_will_never_come_the_others_are_handed_on_by_their_order() {
    inOrder.add(0, "a");
    inOrder.add(3, "d");
    inOrder.add(2, "c");

    inOrder.rest();
    inOrder.rest();

    assertThat(handedOn).containsExactly("a", "c", "d");
  }
}
