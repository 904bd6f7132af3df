package io.iottunnel.cli.tuning;

import java.util.Optional;
import java.util.function.Predicate;

/** What the value of a setting may be, and what it usually is. */
sealed interface SettingForm {

  /** The value where none is given. */
  Object usual();

  /** What is allowed, as "a whole number from 1 to 64512". */
  String expected();

  /**
   * The value that a text is; empty where it is none.
   *
   * @param text what stands in the file, without quotes
   */
  Optional<Object> read(String text);

  /** A number within a range, both ends included. */
  record WholeNumber(Long usual, long least, long most) implements SettingForm {
    @Override
    public String expected() {
      return least == most
          ? "the number " + least + " alone"
          : "a whole number from " + least + " to " + most;
    }

    @Override
    public Optional<Object> read(String text) {
      if (!text.matches("-?\\d{1,18}")) {
        return Optional.empty();
      }
      long number = Long.parseLong(text);
      return number < least || number > most ? Optional.empty() : Optional.of(number);
    }
  }

  /** Yes or no. */
  record Flag(Boolean usual) implements SettingForm {
    @Override
    public String expected() {
      return "true or false";
    }

    @Override
    public Optional<Object> read(String text) {
      return text.equals("true") || text.equals("false")
          ? Optional.of(text.equals("true"))
          : Optional.empty();
    }
  }

  /** A text that fits. */
  record Text(String usual, String expected, Predicate<String> fits) implements SettingForm {
    @Override
    public Optional<Object> read(String text) {
      return Optional.<Object>of(text).filter(it -> fits.test(text));
    }
  }
}
