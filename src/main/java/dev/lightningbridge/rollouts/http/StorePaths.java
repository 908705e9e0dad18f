package dev.lightningbridge.rollouts.http;

import io.vertx.ext.web.Router;

/** Puts what the store answers to its paths. */
record StorePaths(Router router, StoreDoor door) {
  static final String BASE = "/agl/:agent/v1";

  /** Where agentlightning's client sends all but spans of OTLP. */
  static final String STORE = BASE + "/agl";

  /** A search, whose conditions come in the URL, or in the body of a POST beside it. */
  void both(String path, StoreDoor.Work work) {
    get(path, work);
    post(path + "/search", 200, work);
  }

  void get(String path, StoreDoor.Work work) {
    router.get(STORE + path).handler(context -> door.answer(context, 200, work));
  }

  void post(String path, int status, StoreDoor.Work work) {
    router.post(STORE + path).handler(context -> door.answer(context, status, work));
  }
}
