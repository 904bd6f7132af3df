package io.iottunnel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the launcher prints for shells and for man, given to the real ones. */
@Timeout(2 * LocalProxyProcess.LIMIT_SECONDS)
class CompletionIT {

  private static String bash;
  private static String zsh;
  private static String manual;

  @TempDir private Path directory;

  @BeforeAll
  static void print() throws InterruptedException {
    bash = print("generate-completion", "bash");
    zsh = print("generate-completion", "zsh");
    manual = print("generate-manual");
  }

  @BeforeEach
  void makeFiles() throws IOException {
    Files.createFile(directory.resolve("my settings.json"));
    Files.writeString(directory.resolve("completion.bash"), bash);
    Files.writeString(directory.resolve("completion.zsh"), zsh);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          --conf                 | --config-dir --config
          --mode                 | --mode
          -m ''                  | src source dst destination
          --mode = s             | src source
          --log-format =         | text json
          -c my                  | my settings.json
          --settings-json = my   | my settings.json
          -r ''                  | ``
          gen                    | generate-completion generate-manual
          generate-completion '' | bash zsh
          """)
  void bashCompletesOptionsValuesFilesAndCommands(String words, String offered)
      throws IOException, InterruptedException {
    assumeInstalled("bash");
    String test =
        """
        source completion.bash
        complete -p localproxy >/dev/null || exit 1
        COMP_WORDS=(localproxy %s)
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _localproxy
        printf '%%s\\n' "${COMPREPLY[@]}"
        """
            .formatted(words);

    assertEquals(offered, String.join(" ", output("bash", "-c", test).lines().toList()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --conf               | --config-dir  -- With -m
          --mode=              | destination  dst          source       src
          -r x -m d            | destination  dst
          --web-proxy-au       | auto       basic      digest     negotiate
          -c my                | localproxy -c my\\ settings.json
          gen                  | generate-manual      -- Print the manual
          generate-completion_ | bash  zsh
          """)
  void zshCompletesOptionsValuesFilesAndCommandsAndExplainsThem(String words, String shown)
      throws IOException, InterruptedException {
    assumeInstalled("zsh");
    Files.writeString(
        directory.resolve(".zshrc"),
        """
        setopt nobeep
        LISTMAX=10000
        autoload -Uz compinit
        compinit -u -d .dump
        source completion.zsh
        PS1='ready%{%}now '
        """);
    String typed = "localproxy " + words.replace('_', ' ');
    String test =
        """
        zmodload zsh/zpty
        zpty shell 'TERM=dumb COLUMNS=200 ZDOTDIR=$PWD exec zsh -d -i'
        zpty -r -m shell output '*readynow*'
        zpty -w -n shell $'%s\\t\\t\\x15'
        zpty -w shell "print the''end"
        zpty -r -m shell output '*theend*'
        print -r -- $output
        """
            .formatted(typed);

    String output = output("zsh", "-f", "-c", test);

    assertTrue(output.contains(shown), output);
  }

  @Test
  void theManualPleasesItsJudgeAndIsShownByMan() throws IOException, InterruptedException {
    Path page = Files.writeString(directory.resolve("localproxy.1"), manual);
    assumeInstalled("mandoc");
    assertEquals("", output("mandoc", "-T", "lint", page.toString()));
    assumeInstalled("man");
    String shown = output("sh", "-c", "MANWIDTH=80 man -l " + page + " | col -bx");

    assertTrue(shown.contains("       -h, --help\n              Show help message."), shown);
    assertTrue(shown.contains("AWSIOT_TUNNEL_CLIENT_TOKEN"), shown);
  }

  private static String print(String... arguments) throws InterruptedException {
    try (LocalProxyProcess run = LocalProxyProcess.start(Map.of(), arguments)) {
      assertEquals(0, run.awaitExit(), run.err());
      return run.out();
    }
  }

  private static void assumeInstalled(String tool) throws IOException, InterruptedException {
    Process which = new ProcessBuilder("sh", "-c", "command -v " + tool).start();
    assumeTrue(which.waitFor() == 0, tool + " is not installed");
  }

  /** Runs a command in the directory; what it writes, also to standard error. */
  private String output(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(new ArrayList<>(List.of(command)))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }
}
