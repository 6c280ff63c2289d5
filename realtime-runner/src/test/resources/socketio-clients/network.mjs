// A network between clients and the server that can fail.
import net from 'node:net';

/** Carries what comes to its own `url` to `target`. `cut` ends all connections and takes no new ones until `mend`. */
export async function network(target) {
  const { hostname, port } = new URL(target);
  const ends = new Set();
  let isDown = false;
  const keep = (end, other) => {
    ends.add(end);
    end.on('error', () => {});
    end.on('close', () => {
      ends.delete(end);
      other.destroy();
    });
    end.pipe(other);
  };
  const server = net.createServer((near) => {
    if (isDown) {
      near.on('error', () => {}).destroy();
      return;
    }
    const far = net.connect(port, hostname);
    keep(near, far);
    keep(far, near);
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    cut() {
      isDown = true;
      for (const end of [...ends]) end.destroy();
    },
    mend() {
      isDown = false;
    },
    close() {
      this.cut();
      server.close();
    },
  };
}
