package io.iottunnel.testkit.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a sabotage: which rules must catch it, and that no other rule may. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface Breaks {

  /** The numbers of the rules, such as {@code b07}. */
  String[] value();
}
