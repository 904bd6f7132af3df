package io.iottunnel.cli.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.iottunnel.adapters.jetty.JettyTunnelTransport;
import io.iottunnel.adapters.nio.DialLimits;
import io.iottunnel.cli.tuning.SettingForm.Flag;
import io.iottunnel.cli.tuning.SettingForm.WholeNumber;
import io.iottunnel.domain.RegionalEndpoints;
import io.iottunnel.domain.tunnel.TunnelSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class TuningTest {

  @Test
  void withoutAFileEverythingIsAsItsUserHasIt() {
    Tuning usual = Tuning.usual();

    assertEquals(
        TunnelSettings.DEFAULTS
            .change()
            .writeBufferTotal(usual.tunnel().writeBufferTotal())
            .build(),
        usual.tunnel());
    assertEquals(DialLimits.DEFAULT, usual.dial());
    assertEquals(JettyTunnelTransport.Limits.DEFAULT, usual.session());
    assertEquals(RegionalEndpoints.USUAL, usual.endpoints());
    assertEquals("localhost", usual.bindAddress());
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "DATA_LENGTH_SIZE")
  void everySettingTakesEffect(Setting setting) {
    assertNotEquals(Tuning.usual(), with(setting, another(setting.form())));
  }

  @ParameterizedTest
  @EnumSource
  void theUsualValueIsAllowedAndChangesNothing(Setting setting) {
    Object usual = setting.form().usual();

    assertEquals(usual, setting.form().read(usual.toString()).orElseThrow());
    assertEquals(Tuning.usual(), with(setting, usual));
  }

  @ParameterizedTest
  @EnumSource
  void whatIsLeastAndMostAllowedCanBeUsed(Setting setting) {
    if (setting.form() instanceof WholeNumber number) {
      with(setting, number.least());
      with(setting, number.most());
    }
  }

  private static Object another(SettingForm form) {
    if (form instanceof WholeNumber number) {
      return number.usual() == number.least() ? number.most() : number.least();
    }
    return form instanceof Flag flag ? !flag.usual() : form.usual().toString().replace('o', 'a');
  }

  private static Tuning with(Setting setting, Object value) {
    return Tuning.of(new SettingValues(Map.of(setting, value)), Map.of());
  }
}
