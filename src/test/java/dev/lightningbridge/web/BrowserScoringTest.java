package dev.lightningbridge.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import dev.lightningbridge.camp.CampDatabase;
import dev.lightningbridge.camp.CampFixture;
import dev.lightningbridge.corpus.Attempt;
import dev.lightningbridge.corpus.Score;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Outputs are scored by keyboard, and read. */
@QuarkusTest
@WithTestResource(value = BrowserLab.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
@Tag("browser")
class BrowserScoringTest extends BrowserCase {
  private final Path few =
      Path.of(ConfigProvider.getConfig().getValue(BrowserLab.FOLDER, String.class))
          .resolve("databases/few.db");

  @Test
  void outputs_are_scored_one_after_the_other_without_a_mouse() {
    try (CampFixture fixture = CampFixture.create(few, 9)) {
      String session = fixture.session("Few scores", "Answer mails", null);
      String agent = fixture.agent(fixture.lineage(session, "A"), "Be brief.");
      for (int i = 1; i <= 4; i++) {
        fixture.run(agent, i, "Mail " + i + " " + BrowserLab.HOSTILE, "Answer " + i);
      }
    }
    logIn();
    visit("/databases");
    link("few.db").click();
    page.locator(".card a").first().click();
    link("Score outputs").click();
    assertThat(page.locator("#card")).containsText("0 scored, 4 without a score");
    isShownAsText(page.locator("#card pre").first());
    looksRight("score");

    page.keyboard().press("7");
    assertThat(page.locator("#card")).containsText("1 scored, 3 without a score");
    assertThat(page.locator("#card")).containsText("Written: 7 of 10.");
    assertThat(scores()).containsExactly(7);
    page.keyboard().press("u");
    assertThat(page.locator("#card")).containsText("The last score was taken back.");
    assertThat(page.locator("#card")).containsText("0 scored, 4 without a score");
    assertThat(scores()).isEmpty();

    page.keyboard().press("c");
    assertThat(page.getByLabel("Comment")).isFocused();
    page.keyboard().type("Too short, 3 words of 10.");
    assertThat(scores()).isEmpty();
    page.keyboard().press("Escape");
    page.keyboard().press("0");
    assertThat(page.locator("#card")).containsText("Written: 10 of 10.");
    assertThat(scores()).containsExactly(10);

    String shown = page.locator("#card .judged").textContent();
    page.keyboard().press("s");
    assertThat(page.locator("#card .judged")).not().hasText(shown);
    page.keyboard().press("2");
    assertThat(page.locator("#card")).containsText("2 scored, 2 without a score");
    page.keyboard().press("s");
    assertThat(page.locator("#card")).containsText("The rest was skipped.");
    link("Show them again").click();
    assertThat(page.locator("#card .judged")).isVisible();

    link("All outputs of the session").click();
    page.getByLabel("Score", exactly()).selectOption("yes");
    press("Show these");
    assertThat(heading("Outputs 1 to 2")).isVisible();
    page.locator(".task summary").first().click();
    assertThat(page.locator(".task[open]")).containsText("Answer");
    looksRight("outputs");
    page.getByLabel("Text in it").fill("3 WORDS");
    press("Show these");
    assertThat(heading("Outputs 1 to 1")).isVisible();
    page.locator(".task summary").first().click();
    link("Change its score").click();
    assertThat(page.locator("#card")).containsText("scored 10 until now");
    assertThat(page.getByLabel("Comment")).hasValue("Too short, 3 words of 10.");
    page.getByRole(AriaRole.BUTTON, named("4")).click();
    assertThat(page.locator("#card")).containsText("Written: 4 of 10.");
    assertThat(scores()).containsExactlyInAnyOrder(2, 4);
  }

  @Test
  void blind_pairs_are_compared_to_a_verdict_without_a_mouse() {
    logIn();
    visit("/databases");
    page.getByRole(AriaRole.LINK, named("camp.db")).click();
    page.locator(".card a").first().click();
    page.getByLabel("Grader", exactly()).selectOption("people");
    page.getByLabel("Engine", exactly()).selectOption("java");
    page.getByLabel("Sandbox’s seed").fill("7");
    page.getByLabel("Rounds").fill("3");
    assertThat(page.locator("#estimate")).containsText("People decide the sealed test.");
    press("Start the run");
    assertThat(heading("It waits for people")).isVisible(within(RUN_MS));
    looksRight("run-people");
    visit("/");
    assertThat(heading("Waiting for you to compare outputs")).isVisible();
    page.locator("#compared ~ ul a").first().click();
    assertThat(heading("Which output is better?")).isVisible();
    looksRight("pairs");

    page.keyboard().press("0");
    assertThat(page.locator("#card")).containsText("Pair 2 of");
    page.keyboard().press("u");
    assertThat(page.locator("#card")).containsText("Pair 1 of");
    while (page.locator("#card form").count() > 0) {
      String place = page.locator("#card p").first().textContent();
      String input = page.locator("#card section pre").textContent();
      double left = BrowserLab.TRUTH.trueReward(input, output(0));
      double right = BrowserLab.TRUTH.trueReward(input, output(1));
      page.keyboard().press(left > right ? "ArrowLeft" : right > left ? "ArrowRight" : "0");
      assertThat(page.locator("#card p").first()).not().hasText(place);
    }
    press("Give the verdict");
    assertThat(heading("Your decision")).isVisible();
    assertThat(page.locator("main")).containsText("People prefer the new prompt");
    looksRight("proposal-people");
  }

  private String output(int side) {
    return page.locator("#card .judged").nth(side).textContent();
  }

  private List<Integer> scores() {
    try (CampDatabase camp = CampDatabase.open(few, CampDatabase.Options.DEFAULT);
        Stream<Attempt> attempts = camp.corpus().attempts()) {
      return attempts
          .map(Attempt::score)
          .filter(Objects::nonNull)
          .map(Objects::requireNonNull)
          .map(Score::value)
          .toList();
    }
  }
}
