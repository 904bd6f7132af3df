package io.iottunnel.cli.tuning;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** The values of all settings: those that were given, and the usual ones of the others. */
final class SettingValues {

  private final Map<Setting, Object> given;

  /**
   * @param given values as their {@link SettingForm}s read them
   */
  SettingValues(Map<Setting, Object> given) {
    this.given = new EnumMap<>(Setting.class);
    this.given.putAll(given);
  }

  long number(Setting setting) {
    return (Long) value(setting);
  }

  int size(Setting setting) {
    return Math.toIntExact(number(setting));
  }

  Duration millis(Setting setting) {
    return Duration.ofMillis(number(setting));
  }

  boolean flag(Setting setting) {
    return (Boolean) value(setting);
  }

  String text(Setting setting) {
    return (String) value(setting);
  }

  private Object value(Setting setting) {
    return given.getOrDefault(setting, setting.form().usual());
  }
}
