package org.tributary.edge.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tributary.edge.config.ConfigFile.Entry;
import org.tributary.edge.config.ConfigFile.Section;

/**
 * Reads the part of Python's ConfigObj format that gateways' files use: {@code [section]}, {@code
 * key = value}, quotes, lists and {@code #} comments, in UTF-8. What it can't read it reports with
 * the line, and goes on.
 *
 * <p>No message quotes a line: it may be the lost half of a URL with a password.
 */
final class ConfigFileReader {
  private static final String ADVICE =
      "; copy deploy/synchronise.conf.example there and fill in localurl and the locations";

  private static final Pattern HEADER =
      Pattern.compile("\\[\\s*(?:\"([^\"@]+)\"|'([^'@]+)'|([^\\[\\]\"'#=/@]+?))\\s*]\\s*(?:#.*)?");
  // What a head that is broken is most likely meant to be called.
  private static final Pattern BROKEN_HEADER =
      Pattern.compile("\\[+\\s*[\"']?([^\\[\\]\"'#=/@]+?)[\"']?\\s*(?:[\\]#].*)?");
  private static final Pattern KEY_AND_VALUE =
      Pattern.compile("(?:\"([^\"@]+)\"|'([^'@]+)'|([^\\[\\]\"'#=/@;]+?))\\s*=\\s*(.*)");

  private final Problems problems;
  private final List<Section> sections = new ArrayList<>();

  private boolean beforeFirstHeader = true;

  /** The section being read; null before the first, and below one that is there twice. */
  private @Nullable String header;

  private int headerLine;
  private List<Entry> entries = new ArrayList<>();

  ConfigFileReader(Problems problems) {
    this.problems = problems;
  }

  ConfigFile read(Path file) throws ConfigException {
    readLines(bytesOf(file));
    closeSection();
    return new ConfigFile(sections);
  }

  private byte[] bytesOf(Path file) throws ConfigException {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException missing) {
      problems.add(0, "there is no such file" + ADVICE);
    } catch (AccessDeniedException denied) {
      problems.add(0, "this user may not read the file; change its owner or mode");
    } catch (IOException unreadable) {
      String why = Files.isDirectory(file) ? "it is a folder" : unreadable.getMessage();
      problems.add(0, "the file can't be read (%s)".formatted(why) + ADVICE);
    }
    problems.throwIfAny();
    throw new IllegalStateException("A file without bytes is a problem");
  }

  /** Splits at line feeds before decoding, so that a byte that isn't UTF-8 spoils one line only. */
  private void readLines(byte[] bytes) {
    int number = 1;
    int start = 0;
    for (int at = 0; at <= bytes.length; at++) {
      if (at == bytes.length || bytes[at] == '\n') {
        readLine(number++, ByteBuffer.wrap(bytes, start, at - start));
        start = at + 1;
      }
    }
  }

  private void readLine(int number, ByteBuffer bytes) {
    String line;
    try {
      line = StandardCharsets.UTF_8.newDecoder().decode(bytes.duplicate()).toString();
    } catch (CharacterCodingException foreign) {
      problems.add(number, "not UTF-8; save the file with that encoding");
      line = StandardCharsets.UTF_8.decode(bytes).toString();
    }
    if (number == 1 && line.startsWith("\uFEFF")) {
      line = line.substring(1);
    }
    line = line.strip(); // the carriage return of a Windows file goes here
    if (line.chars().anyMatch(c -> Character.isISOControl(c) && c != '\t')) {
      problems.add(number, "holds control characters; the file may be damaged");
    } else if (line.startsWith("[")) {
      readHeader(number, line);
    } else if (!line.isEmpty() && !line.startsWith("#")) {
      readEntry(number, line);
    }
  }

  private void readHeader(int number, String line) {
    closeSection();
    beforeFirstHeader = false;
    Matcher match = HEADER.matcher(line);
    if (line.startsWith("[[")) {
      problems.add(number, "a section inside a section; expected one pair of brackets: [name]");
      openBroken(number, line);
    } else if (!match.matches()) {
      problems.add(number, "not the head of a section; expected [name]");
      openBroken(number, line);
    } else {
      openSection(number, firstOf(match, 1, 2, 3));
    }
  }

  /** Goes on below a broken head, so that what is wrong there is told as well. */
  private void openBroken(int number, String line) {
    Matcher match = BROKEN_HEADER.matcher(line);
    if (match.matches() && sections.stream().noneMatch(each -> isCalled(each, match.group(1)))) {
      header = match.group(1);
      headerLine = number;
    }
  }

  private static boolean isCalled(Section section, String name) {
    return section.name().equalsIgnoreCase(name);
  }

  private void openSection(int number, String name) {
    Optional<Section> before =
        sections.stream().filter(section -> isCalled(section, name)).findFirst();
    if (before.isPresent()) {
      problems.add(
          number,
          "section [%s] is here again, after line %d; expected it once"
              .formatted(name, before.get().line()));
    } else {
      header = name;
      headerLine = number;
    }
  }

  private void closeSection() {
    if (header != null) {
      sections.add(new Section(header, headerLine, entries));
    }
    header = null;
    entries = new ArrayList<>();
  }

  private void readEntry(int number, String line) {
    Matcher match = KEY_AND_VALUE.matcher(line);
    if (!match.matches()) {
      problems.add(
          number,
          line.startsWith(";")
              ? "a comment begins with #, not with ;"
              : "neither a [section] nor key = value nor a # comment");
      return;
    }
    String key = firstOf(match, 1, 2, 3);
    if (beforeFirstHeader) {
      problems.add(number, "%s stands before the first [section]".formatted(key));
    }
    Optional<Entry> before =
        entries.stream().filter(entry -> entry.key().equalsIgnoreCase(key)).findFirst();
    if (before.isPresent()) {
      problems.add(
          number,
          "%s is here again, after line %d; expected it once".formatted(key, before.get().line()));
      return;
    }
    entries.add(entry(number, key, match.group(4)));
  }

  private Entry entry(int number, String key, String value) {
    try {
      return new Entry(key, number, ConfigValue.parse(value), false);
    } catch (IllegalArgumentException refusal) {
      problems.add(number, "%s: %s".formatted(key, refusal.getMessage()));
      return new Entry(key, number, List.of(), true);
    }
  }

  private static String firstOf(Matcher match, int... groups) {
    for (int group : groups) {
      if (match.group(group) != null) {
        return match.group(group);
      }
    }
    throw new IllegalStateException("One of the groups always matches");
  }
}
