package dev.lightningbridge.model;

import java.util.Set;
import java.util.regex.Pattern;

/** Whether an error says that the account has no money or no quota left, whatever its status. */
final class EmptyAccount {
  private static final int PAYMENT_REQUIRED = 402;

  /** Of OpenAI, Moonshot, New API, DashScope, Volcengine and Zhipu, in this order. */
  private static final Set<String> CODES =
      Set.of(
          "insufficient_quota",
          "billing_hard_limit_reached",
          "billing_not_active",
          "exceeded_current_quota_error",
          "insufficient_user_quota",
          "arrearage",
          "accountoverdueerror",
          "1113");

  private static final Pattern WORDS =
      Pattern.compile(
          "credit balance|insufficient (balance|credits)|balance is (insufficient|too low)"
              + "|payment required|余额不足");

  private EmptyAccount() {}

  static boolean isSaidBy(EndpointReply reply) {
    return reply.status() == PAYMENT_REQUIRED
        || (reply.status() < 500 && (reply.hasCode(CODES) || reply.says(WORDS)));
  }
}
