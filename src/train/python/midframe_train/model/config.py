"""Which FILM: a configuration, as it stands in the metadata of a weights file, and the ones that are trained here."""
import json
from dataclasses import asdict, dataclass
from typing import Optional, Tuple


@dataclass(frozen=True)
class FilmConfig:
    stem: int
    filters: Tuple[int, ...]
    levels: int
    fusion_levels: int
    specialized_levels: int
    flow_convs: Tuple[int, ...]
    flow_filters: Tuple[int, ...]
    fusion_filters: Tuple[int, ...]
    output: str
    finish_filters: Optional[int] = None
    finish_features: Optional[int] = None
    finish_convs: Optional[int] = None  # 2 by default
    lucas_kanade: Optional[int] = None  # steps that bring the flows to a fraction of a pixel; 0 by default

    @staticmethod
    def of(values):
        return FilmConfig(**{key: tuple(value) if isinstance(value, list) else value for key, value in values.items()})

    def to_json(self):
        return json.dumps({key: value for key, value in asdict(self).items() if value is not None}, separators=(",", ":"))

    @property
    def image_channels(self):
        return 3 if self.output == "rgb" else self.stem * self.stem * 3 // 2

    @property
    def alignment(self):
        """Both sides of a picture must be multiples of this many pixels."""
        return self.stem << (self.levels - 1)

    def feature_channels(self, level):
        return sum(self.filters[: min(level + 1, len(self.filters))])


CONFIGS = {
    "film-lite": FilmConfig.of({
        "stem": 4, "filters": [16, 32, 48], "levels": 5, "fusion_levels": 3, "specialized_levels": 3,
        "flow_convs": [0, 2, 3, 3], "flow_filters": [16, 32, 32, 48], "fusion_filters": [16, 32],
        "finish_filters": 16, "finish_features": 4, "finish_convs": 1, "lucas_kanade": 1, "output": "blend"}),
    # as wide again and with flows at every level: what two CPU cores can still train, begun with film-lite's weights (model.growing)
    "film-base": FilmConfig.of({
        "stem": 4, "filters": [32, 64, 96], "levels": 5, "fusion_levels": 3, "specialized_levels": 3,
        "flow_convs": [3, 2, 3, 3], "flow_filters": [32, 64, 64, 96], "fusion_filters": [32, 64],
        "finish_filters": 32, "finish_features": 20, "lucas_kanade": 1, "output": "blend"}),
    # stem 2: FILM of k=32 at half size, blended at full size; fits 25 % of the published network's work with memory to spare
    "film-base-gpu": FilmConfig.of({
        "stem": 2, "filters": [32, 64, 96, 128], "levels": 6, "fusion_levels": 4, "specialized_levels": 3,
        "flow_convs": [3, 3, 3, 3], "flow_filters": [32, 64, 96, 128], "fusion_filters": [32, 64, 96],
        "finish_filters": 32, "finish_features": 20, "output": "blend"}),
    "film-base-rgb": FilmConfig.of({
        "stem": 1, "filters": [32, 64, 128, 256], "levels": 7, "fusion_levels": 5, "specialized_levels": 3,
        "flow_convs": [3, 3, 3, 3], "flow_filters": [16, 32, 64, 128], "fusion_filters": [32, 64, 128, 256],
        "output": "rgb"}),
}
