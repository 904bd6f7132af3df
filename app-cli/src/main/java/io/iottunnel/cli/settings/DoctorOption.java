package io.iottunnel.cli.settings;

/** What can be asked of the doctor beside the options of a local proxy. */
public enum DoctorOption {
  JSON(OptionForm.of("json"), "Print the report as one JSON object"),
  SPEND_TOKEN(
      OptionForm.of("spend-token"),
      "Try the upgrade too, which spends the access token unless there is -i");

  @SuppressWarnings("ImmutableEnumChecker") // a record of strings
  private final OptionForm form;

  private final String description;

  DoctorOption(OptionForm form, String description) {
    this.form = form;
    this.description = description;
  }

  /** How it is written. */
  public OptionForm form() {
    return form;
  }

  /** What it does, without a full stop at the end. */
  public String description() {
    return description;
  }
}
