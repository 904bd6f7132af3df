package io.iottunnel.domain.tunnel;

import io.iottunnel.domain.Dialect;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/**
 * Whatever happens, in whatever order: no byte is lost, doubled or crossed on a connection that was
 * not reset, nothing is sent that the service forbids, memory stays bounded, every connection ends,
 * and nothing is thrown. {@link World}, {@link End} and {@link RandomStory} check all that.
 */
class RandomStoriesPropertyTest {

  @Property(tries = 600, seed = "20261122")
  void aTunnelKeepsItsPromises(
      @ForAll Dialect dialect,
      @ForAll @Size(max = 250) List<@IntRange(max = 100_000) Integer> script) {
    RandomStory story = new RandomStory(dialect);
    script.forEach(story::happens);
    story.ends();
  }
}
