package dev.lightningbridge.needs;

import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Skips what is marked by {@link NeedsEnvironment} or {@link Needs} where that is not here. */
final class NeedsCondition implements ExecutionCondition {
  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    Optional<AnnotatedElement> element = context.getElement();
    String missing =
        Stream.concat(
                AnnotationSupport.findAnnotation(element, NeedsEnvironment.class).stream()
                    .flatMap(needs -> Arrays.stream(needs.value()))
                    .filter(kind -> !Environments.isNamed(kind))
                    .map(Environments::otherwise),
                AnnotationSupport.findAnnotation(element, Needs.class).stream()
                    .flatMap(needs -> Arrays.stream(needs.value()))
                    .filter(need -> !need.isHere())
                    .map(Need::otherwise))
            .collect(Collectors.joining("; "));
    return missing.isEmpty()
        ? ConditionEvaluationResult.enabled("what it needs is here")
        : ConditionEvaluationResult.disabled(missing);
  }
}
