package dev.lightningbridge.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class HostLookupTest {
  private static final Duration SHORT = Duration.ofMillis(200);

  private static HostLookup slow(CountDownLatch end) {
    return new HostLookup(
        "slow.example",
        SHORT,
        host -> {
          try {
            end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          throw new UnknownHostException(host);
        });
  }

  @Test
  @Timeout(5)
  void a_name_server_that_does_not_answer_is_waited_for_no_longer_than_that() {
    CountDownLatch end = new CountDownLatch(1);

    assertThatThrownBy(() -> slow(end).await()).isInstanceOf(TimeoutException.class);
    end.countDown();
  }

  @Test
  void a_host_that_is_found_and_one_that_is_not_are_both_known() {
    HostLookup found =
        new HostLookup(
            "found.example", SHORT, host -> new InetAddress[] {InetAddress.getLoopbackAddress()});
    HostLookup none =
        new HostLookup(
            "none.example",
            SHORT,
            host -> {
              throw new UnknownHostException(host);
            });

    assertThatCode(found::await).doesNotThrowAnyException();
    assertThatCode(none::await).doesNotThrowAnyException();
    assertThatCode(HostLookup.of("127.0.0.1")::await).doesNotThrowAnyException();
    assertThatCode(HostLookup.of("[::1]")::await).doesNotThrowAnyException();
  }

  @Test
  void two_attempts_are_over_within_ten_seconds_and_say_what_to_do() {
    HostLookup lookup = HostLookup.of("models.example");
    assertThat(lookup.limit().multipliedBy(2)).isLessThan(Duration.ofSeconds(9));

    URI address = URI.create("https://models.example/v1/chat/completions");
    ModelException failure =
        new TransportFailure(address, EndpointCall.of(address, ApiKey.NONE), Optional.empty())
            .lookedUpInVain(lookup, new TimeoutException());
    assertThat(failure.kind()).isEqualTo(ModelException.Kind.UNREACHABLE);
    assertThat(failure)
        .hasMessageContaining("no name server told the address of models.example within 4 s");
    assertThat(failure.remedy()).contains("DNS");
  }
}
