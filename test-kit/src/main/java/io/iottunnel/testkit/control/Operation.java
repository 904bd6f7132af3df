package io.iottunnel.testkit.control;

import com.google.gson.JsonObject;

/** One operation of the control API. */
@FunctionalInterface
interface Operation {

  /** Performs it, and returns the answer's members. */
  JsonObject perform(Input input) throws ControlFailure;
}
