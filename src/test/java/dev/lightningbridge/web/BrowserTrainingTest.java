package dev.lightningbridge.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.assertions.PageAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.lightningbridge.api.PlayedTrainingProfile;
import dev.lightningbridge.runs.PlayedTraining;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Trainings in the browser, with a trainer that makes nothing and models that the sandbox plays.
 */
@QuarkusTest
@TestProfile(PlayedTrainingProfile.class)
@WithTestResource(value = BrowserLab.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
@WithTestResource(value = TrainingLab.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
@Tag("browser")
@TestMethodOrder(OrderAnnotation.class)
class BrowserTrainingTest extends BrowserCase {
  private static final int HALF = 20;

  @Inject PlayedTraining played;

  /** Stops the training half way until it is opened, or the run cancelled. */
  private CountDownLatch heldHalfWay() {
    CountDownLatch gate = new CountDownLatch(1);
    AtomicInteger steps = new AtomicInteger();
    played.whileTraining =
        cancellation -> {
          boolean held = steps.incrementAndGet() == HALF;
          while (held && !cancellation.isRequested()) {
            try {
              held = !gate.await(50, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          }
        };
    return gate;
  }

  private void openSession() {
    visit("/databases");
    page.getByRole(AriaRole.LINK, named("camp.db")).click();
    page.locator(".card a").first().click();
  }

  @Test
  @Order(1)
  void a_model_is_trained_watched_cancelled_resumed_approved_and_rolled_back() {
    logIn();
    visit("/models");
    assertThat(page.locator("main")).containsText("No model was trained yet.");
    assertThat(heading(TrainingLab.MODEL)).isVisible();
    looksRight("models-first");

    openSession();
    assertThat(page.locator("#estimate")).containsText("A search ends earlier");
    assertThat(page.getByLabel("Base model")).isHidden();
    page.getByLabel("What changes").selectOption("sft");
    assertThat(page.getByLabel("Base model")).isVisible();
    assertThat(page.getByLabel("Engine", exactly())).isHidden();
    assertThat(page.getByLabel("Outputs a task")).isHidden();
    page.getByLabel("What changes").selectOption("dpo");
    assertThat(page.locator("#estimate")).containsText("Nothing would be trained");
    page.getByLabel("What changes").selectOption("sft");
    page.getByLabel("Least score that is learnt").fill("4");
    page.getByLabel("Steps").fill("40");
    page.getByLabel("Sandbox’s seed").fill("7");
    assertThat(page.locator("#estimate")).containsText("Trains in 40 steps");
    looksRight("session-training");

    heldHalfWay();
    press("Start the run");
    assertThat(page)
        .hasURL(
            Pattern.compile(".*/runs/[0-9a-f-]{36}$"),
            new PageAssertions.HasURLOptions().setTimeout(STEP_MS));
    assertThat(page.locator(".progress").first())
        .containsText("20 of about 40 steps", text(RUN_MS));
    assertThat(page.locator("#plot canvas")).isVisible();
    assertThat(page.locator(".plot")).hasCount(1);
    assertThat(page.locator(".tree")).hasCount(0);
    page.locator("#steps summary").click();
    assertThat(page.locator("#steps tbody tr").first()).containsText("1.525");
    looksRight("run-training-live");

    page.onDialog(Dialog::accept);
    press("Cancel");
    assertThat(page.locator(".badge").first()).hasText("Cancelled", hasTextWithin(RUN_MS));
    page.getByRole(AriaRole.BUTTON, named("Resume")).click();
    assertThat(link("Open the proposal")).isVisible(within(RUN_MS));
    assertThat(page.locator(".sentence")).containsText("that of its base, on the same prompt");
    assertThat(heading("The trained model")).isVisible();
    looksRight("run-training");

    String before = currentModel();
    link("Open the proposal").click();
    assertThat(heading("What changes in the model")).isVisible();
    assertThat(heading("What changes in the prompt")).hasCount(0);
    assertThat(page.locator(".verdict .tiles")).containsText("Base model");
    assertThat(page.locator("main")).containsText(TrainingLab.MODEL + "-sft-");
    page.locator(".tasks summary").first().click();
    assertThat(page.locator(".outputs h3").nth(1)).containsText("Trained model: reward");
    looksRight("proposal-training");
    press("Approve and write");
    assertThat(page.getByRole(AriaRole.BUTTON, named("Roll back"))).isVisible();
    assertThat(currentModel()).startsWith(TrainingLab.MODEL + "-sft-");
    assertThat(currentPrompt()).isEqualTo(BrowserLab.prompt());

    visit("/models");
    assertThat(page.locator(".card").first()).containsText("promoted");
    looksRight("models");
    page.goBack();
    press("Roll back");
    assertThat(heading("Rolled back")).isVisible();
    assertThat(currentModel()).isEqualTo(before);
  }

  @Test
  @Order(2)
  void reinforcement_learning_shows_what_its_trainer_measures() {
    logIn();
    openSession();
    page.getByLabel("What changes").selectOption("rl");
    assertThat(page.getByLabel("Least score that is learnt")).isHidden();
    page.getByLabel("Outputs a task").fill("1");
    page.getByLabel("Outputs a task").blur();
    assertThat(page.locator("#estimate")).containsText("LB-8017: RL compares at least 2 rollouts");
    page.getByLabel("Outputs a task").fill("4");
    page.getByLabel("A trial on the CPU").check();
    page.getByLabel("Steps").fill("40");
    page.getByLabel("Sandbox’s seed").fill("7");
    assertThat(page.locator("#estimate")).containsText("Trains in 40 steps, which");
    CountDownLatch gate = heldHalfWay();
    press("Start the run");
    assertThat(page.locator(".progress").first())
        .containsText("20 of about 40 steps", text(RUN_MS));
    page.locator("#steps summary").click();
    for (String metric :
        new String[] {
          "Mean reward", "KL", "Gradient norm", "tokens", "Time of a step", "GPU memory"
        }) {
      assertThat(page.locator("#steps thead")).containsText(metric);
    }
    assertThat(page.locator("#steps tbody tr").first()).containsText("11.50");
    looksRight("run-rl-live");
    gate.countDown();
    assertThat(link("Open the proposal")).isVisible(within(RUN_MS));
  }
}
