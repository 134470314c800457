package org.tributary.server.page.house;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.tributary.server.page.Section;
import org.tributary.server.page.View;
import org.tributary.store.plot.HouseList;

/**
 * Houses to choose from.
 *
 * @param words that were looked for
 * @param page which part of those that were found is shown, counted from 0
 */
public record HousesView(String words, HouseList.Found found, int page, int perPage)
    implements View {

  @Override
  public String title() {
    return "Houses";
  }

  @Override
  public Section section() {
    return Section.HOUSES;
  }

  @Override
  public String template() {
    return "house/houses.jte";
  }

  /** The first that is shown, counted from 1. */
  public int first() {
    return page * perPage + 1;
  }

  public int last() {
    return page * perPage + found.houses().size();
  }

  /** Where the part before this one is. */
  public Optional<String> before() {
    return page == 0 ? Optional.empty() : Optional.of(address(page - 1));
  }

  /** Where the next part is. */
  public Optional<String> next() {
    return last() >= found.all() ? Optional.empty() : Optional.of(address(page + 1));
  }

  private String address(int part) {
    return "/houses?q=%s&page=%d".formatted(URLEncoder.encode(words, StandardCharsets.UTF_8), part);
  }
}
