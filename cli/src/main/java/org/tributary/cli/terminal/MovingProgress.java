package org.tributary.cli.terminal;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressState;

/** Progress as a bar in one line of a terminal: the only class that knows the library. */
final class MovingProgress implements Progress {

  private static final int LONGEST_BAR = 32;
  private static final int MILLIS_BETWEEN_FRAMES = 100;

  private final String unit;
  private final char done;
  private final char open;
  private final ProgressBar bar;

  MovingProgress(PrintWriter out, String unit, long total) {
    this.unit = unit;
    boolean blocks = charset().newEncoder().canEncode('█');
    this.done = blocks ? '█' : '#';
    this.open = blocks ? '░' : '.';
    this.bar =
        new ProgressBarBuilder()
            .setInitialMax(total)
            .setUpdateIntervalMillis(MILLIS_BETWEEN_FRAMES)
            .continuousUpdate()
            .setRenderer(this::line)
            .setConsumer(new OneLine(out))
            .build();
  }

  @Override
  public void advance(long count) {
    bar.stepBy(count);
  }

  @Override
  public void close() {
    bar.close();
  }

  private String line(ProgressState state, int width) {
    String words =
        Progress.words(unit, state.getCurrent(), state.getMax(), state.getTotalElapsed());
    int length = Math.max(0, Math.min(LONGEST_BAR, width - words.length() - 4));
    double part = state.getMax() == 0 ? 1 : (double) state.getCurrent() / state.getMax();
    int full = (int) (length * Math.min(part, 1));
    return "  "
        + String.valueOf(done).repeat(full)
        + String.valueOf(open).repeat(length - full)
        + words;
  }

  private static Charset charset() {
    String name =
        System.getProperty("stdout.encoding", System.getProperty("sun.stdout.encoding", ""));
    return !name.isEmpty() && Charset.isSupported(name)
        ? Charset.forName(name)
        : Charset.defaultCharset();
  }

  /** Draws over the line that was drawn before, and leaves it empty at the end. */
  private static final class OneLine implements ProgressBarConsumer {
    private final PrintWriter out;
    private final int width = new ConsoleProgressBarConsumer(System.out).getMaxRenderedLength();

    OneLine(PrintWriter out) {
      this.out = out;
    }

    @Override
    public int getMaxRenderedLength() {
      return width;
    }

    @Override
    public void accept(String line) {
      String cut = line.length() > width ? line.substring(0, width) : line;
      draw(cut + " ".repeat(width - cut.length()));
    }

    @Override
    public void close() {
      draw(" ".repeat(width) + '\r');
    }

    private void draw(String line) {
      out.print('\r' + line);
      out.flush();
    }
  }
}
