package dev.lightningbridge.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.JSHandle;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A file that is dropped on the page becomes a database. */
@QuarkusTest
@WithTestResource(value = BrowserLab.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
@Tag("browser")
class BrowserImportTest extends BrowserCase {
  private static final String ROWS =
      "text;reply;stars;%s\nGreat fun;positive;5;<b>x</b>\nSo dull;positive;1;y\n;z;3;y\n"
          .formatted(BrowserLab.HOSTILE.replace("\"", "").replace(";", ""));

  @Test
  void a_dropped_file_is_looked_at_first_its_columns_are_mapped_and_then_it_is_written() {
    logIn();
    visit("/databases");
    link("Import scored outputs").click();
    assertThat(heading("Import scored outputs")).isVisible();
    looksRight("import");

    drop("reviews.csv", ROWS);
    Locator looked = page.locator("#looked");
    assertThat(looked).containsText("LB-2204");
    assertThat(looked).containsText("Write the prompt into its field");
    page.getByLabel("Prompt that the outputs came from").fill("Name the mood in one word.");
    page.getByLabel("Scale of the scores").selectOption("1..5");
    assertThat(looked).containsText("LB-2207");
    assertThat(looked).containsText("which column is the input");
    looksRight("import-refused");

    page.getByLabel("What text is").selectOption("input");
    assertThat(looked).containsText("3 rows read, 2 would be written, 1 not.");
    assertThat(looked).containsText("2 with a score (scale 1..5)");
    assertThat(looked.getByLabel("What reply is")).hasValue("output");
    assertThat(looked.locator("table")).containsText("<script>window.harmed=1</script>");
    assertThat(page.evaluate("window.harmed === undefined")).isEqualTo(true);
    looked.locator("summary").click();
    assertThat(looked).containsText("LB-2212, line 4: it has no input");
    looksRight("import-looked");
    visibleDatabases(1);

    press("Import");
    assertThat(heading("Imported")).isVisible();
    assertThat(page.locator("main")).containsText("3 rows read, 2 written, 1 not.");
    looksRight("import-done");
    link("Start a run on the session").click();
    assertThat(heading("reviews")).isVisible();
    assertThat(page.locator("main")).containsText("Name the mood in one word.");
    assertThat(heading("Start a run")).isVisible();
  }

  @Test
  void a_chosen_file_extends_a_database_and_two_columns_cannot_be_one_field() {
    logIn();
    visit("/databases");
    page.getByRole(AriaRole.LINK, named("camp.db")).click();
    link("Import scored outputs into it").click();
    assertThat(page.getByLabel("Name of the new database")).isHidden();
    page.getByLabel("Session").fill("Added");
    page.getByLabel("File with rows")
        .setInputFiles(
            new FilePayload(
                "a.jsonl",
                "application/json",
                "{\"input\":\"a\",\"output\":\"b\",\"x\":\"c\",\"prompt\":\"Be kind.\"}\n"
                    .getBytes(StandardCharsets.UTF_8)));
    Locator looked = page.locator("#looked");
    assertThat(looked).containsText("1 rows read, 1 would be written.");
    page.getByLabel("What x is").selectOption("output");
    assertThat(looked).containsText("LB-2208");
    page.getByLabel("What output is").selectOption("metadata");
    assertThat(looked).containsText("1 would be written");
    press("Import");
    assertThat(heading("Imported")).isVisible();
    assertThat(page.locator("main")).containsText("The database as it was");
    link("The database").first().click();
    assertThat(page.getByRole(AriaRole.LINK, named("Added"))).isVisible();
  }

  @Test
  void a_file_that_is_too_large_is_not_sent() {
    logIn();
    visit("/import");
    drop("large.csv", "x".repeat(8_000_001));
    assertThat(page.locator("#trouble")).containsText("large.csv is too large");
    assertThat(page.locator("#looked")).isEmpty();
  }

  private void visibleDatabases(int n) {
    Object found =
        page.evaluate(
            "async () => (await (await fetch('/databases')).text()).split('.db<').length");
    assertThat(found).isEqualTo(n + 1);
  }

  /** As a person drops it from a folder. */
  private void drop(String name, String text) {
    JSHandle files =
        page.evaluateHandle(
            "([name, text]) => { const d = new DataTransfer();"
                + " d.items.add(new File([text], name)); return d; }",
            List.of(name, text));
    page.dispatchEvent(".drop", "dragover", Map.of("dataTransfer", files));
    assertThat(page.locator(".drop.over")).isVisible();
    page.dispatchEvent(".drop", "drop", Map.of("dataTransfer", files));
  }
}
