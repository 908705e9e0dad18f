package dev.lightningbridge.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TextHashTest {
  @Test
  void it_is_the_start_of_the_sha_256() {
    // printf 'hello' | sha256sum; printf 'a\x1fb' | sha256sum
    assertThat(TextHash.of("hello").hex()).isEqualTo("2cf24dba5fb0a30e26e83b2ac5b9e29e");
    assertThat(TextHash.of("a", "b").hex()).isEqualTo("f04cdced9736a69da6103f08a4daaf8c");
  }

  @Property
  void texts_have_the_same_hash_exactly_when_they_are_the_same(
      @ForAll String one, @ForAll String other) {
    assertThat(TextHash.of(one)).isEqualTo(TextHash.of(new String(one.toCharArray())));
    assertThat(TextHash.of(one).equals(TextHash.of(other))).isEqualTo(one.equals(other));
    assertThat(TextHash.of(one)).isNotEqualTo(TextHash.of(one + "."));
  }

  @Property
  void the_hexadecimal_form_has_every_digit_with_leading_zeros(
      @ForAll long high, @ForAll long low) {
    String hex = new TextHash(high, low).hex();
    assertThat(hex).hasSize(32);
    BigInteger number = new BigInteger(hex, 16);
    assertThat(number.longValue()).isEqualTo(low);
    assertThat(number.shiftRight(64).longValue()).isEqualTo(high);
  }
}
