package dev.lightningbridge.needs;

import dev.lightningbridge.lightning.EnvironmentKind;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests that start Python in environments that {@code scripts/setup} makes. Without them they are
 * skipped, and the reason names the command. They are tagged python.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Tag("python")
@ExtendWith(NeedsCondition.class)
public @interface NeedsEnvironment {
  EnvironmentKind[] value();
}
