"""Outlines of moving layers: square rasters in 0..1, one is the layer, drawn fresh for every use."""
import numpy as np

RASTER = 384  # pixels a side; sampled down to the layer's size, so edges stay sharp


def drawn(random):
    return random.choice((ellipse, polygon, blob, bars, lines, glyphs), p=(0.2, 0.2, 0.2, 0.1, 0.15, 0.15))(random)


def grid():
    axis = (np.arange(RASTER, dtype=np.float32) + 0.5) / RASTER * 2 - 1
    return axis[None, :], axis[:, None]


def soft(distance):
    """From a signed distance in -1..1 units (positive inside) to coverage, about one pixel wide."""
    return np.clip(distance * RASTER / 2 + 0.5, 0, 1).astype(np.float32)


def ellipse(random):
    x, y = grid()
    angle, power = random.uniform(0, np.pi), random.choice((1.2, 2.0, 2.0, 4.0))
    along, across = x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle)
    radius = (np.abs(along / 0.9) ** power + np.abs(across / random.uniform(0.25, 0.9)) ** power) ** (1 / power)
    return soft((1 - radius) * 0.5)


def polygon(random):
    x, y = grid()
    corners = random.integers(3, 8)
    angles = np.sort(random.uniform(0, 2 * np.pi, corners))
    inside = np.full((RASTER, RASTER), 1e3, np.float32)
    for angle in angles:  # an intersection of half planes: convex, with sharp corners
        inside = np.minimum(inside, random.uniform(0.3, 0.9) - x * np.cos(angle) - y * np.sin(angle))
    return soft(np.minimum(inside, 0.98 - np.maximum(np.abs(x), np.abs(y))))


def blob(random):
    x, y = grid()
    field = 0.8 - x * x - y * y
    for _ in range(6):
        wave = random.normal(0, 4, 2)
        field = field + 0.25 * np.sin(wave[0] * x + wave[1] * y + random.uniform(0, 7))
    return soft(np.minimum(field * 0.4, 0.98 - np.maximum(np.abs(x), np.abs(y))))


def bars(random):
    """A fence or a grille: thin structures with the background between."""
    x, y = grid()
    angle, count, thin = random.uniform(0, np.pi), random.uniform(2, 9), random.uniform(0.1, 0.5)
    phase = (x * np.cos(angle) + y * np.sin(angle)) * count
    distance = (thin / 2 - np.abs(phase - np.round(phase))) / count
    return soft(np.minimum(distance, 0.98 - np.maximum(np.abs(x), np.abs(y))))


def lines(random):
    """A few separate strokes: cables, branches, limbs."""
    x, y = grid()
    found = np.zeros((RASTER, RASTER), np.float32)
    for _ in range(random.integers(1, 5)):
        begin, end = random.uniform(-0.9, 0.9, (2, 2))
        way = end - begin
        place = np.clip(((x - begin[0]) * way[0] + (y - begin[1]) * way[1]) / (way @ way + 1e-6), 0, 1)
        distance = np.hypot(x - begin[0] - place * way[0], y - begin[1] - place * way[1])
        found = np.maximum(found, soft(random.uniform(0.01, 0.08) - distance))
    return found


def glyphs(random):
    """Rows of made-up letters: strokes on a 5 x 7 lattice."""
    rows = random.integers(1, 5)
    columns = rows * random.integers(2, 5)
    cells = np.zeros((rows * 9, columns * 7), np.float32)
    for row in range(rows):
        for column in range(columns):
            if random.random() < 0.15:
                continue
            cell = cells[row * 9 + 1: row * 9 + 8, column * 7 + 1: column * 7 + 6]
            for _ in range(random.integers(2, 5)):
                if random.random() < 0.5:
                    cell[random.choice((0, 3, 6)), random.integers(0, 2): random.integers(3, 6)] = 1
                else:
                    cell[random.integers(0, 4): random.integers(4, 8), random.choice((0, 2, 4))] = 1
    height, width = cells.shape
    scale = RASTER * 0.96 / max(height, width)
    y, x = np.meshgrid(np.arange(RASTER), np.arange(RASTER), indexing="ij")
    row = ((y - RASTER / 2) / scale + height / 2).astype(int)
    column = ((x - RASTER / 2) / scale + width / 2).astype(int)
    known = (row >= 0) & (row < height) & (column >= 0) & (column < width)
    return np.where(known, cells[row.clip(0, height - 1), column.clip(0, width - 1)], 0).astype(np.float32)


def fence(random):
    """Many thin bars, or the gaps of a blind."""
    x, y = grid()
    angle = random.choice((0, np.pi / 2)) + random.normal(0, 0.1) if random.random() < 0.7 else random.uniform(0, np.pi)
    count, thin = random.uniform(4, 24), random.uniform(0.12, 0.7)
    phase = (x * np.cos(angle) + y * np.sin(angle)) * count
    return soft(np.minimum((thin / 2 - np.abs(phase - np.round(phase))) / count, 0.98 - np.maximum(np.abs(x), np.abs(y))))


def lattice(random):
    return np.maximum(fence(random), fence(random))


def keys(random):
    """Rows of equal squares: keys, windows, tiles."""
    x, y = grid()
    across, down = random.uniform(4, 14), random.uniform(2, 14)
    size = random.uniform(0.5, 0.9) / 2
    inside = np.minimum((size - np.abs(x * across - np.round(x * across))) / across, (size - np.abs(y * down - np.round(y * down))) / down)
    return soft(np.minimum(inside, 0.98 - np.maximum(np.abs(x), np.abs(y))))
