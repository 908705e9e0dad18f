package dev.lightningbridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.lightningbridge.common.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TroubleshootingGuideTest {
  @Test
  void the_guide_has_every_code_with_its_meaning_and_no_code_twice() throws IOException {
    String guide = Files.readString(Path.of("docs/guides/troubleshooting.md"));
    Set<String> seen = new HashSet<>();
    for (JavaClass type : new ClassFileImporter().importPath(Path.of("target/classes"))) {
      if (type.isEnum() && type.isAssignableTo(ErrorCode.class)) {
        for (Object constant : type.reflect().getEnumConstants()) {
          ErrorCode code = (ErrorCode) constant;
          assertThat(seen.add(code.id())).as(code.id()).isTrue();
          String row = "| %s | %s |".formatted(code.id(), code.summary());
          assertThat(guide.contains(row)).as(row).isTrue();
        }
      }
    }
    assertThat(seen).hasSizeGreaterThan(80);
  }
}
