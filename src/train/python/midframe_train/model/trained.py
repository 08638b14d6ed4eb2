"""A network and its weights file, whose metadata say how it is built."""
import json

import torch

from midframe_train.model import weights_file
from midframe_train.model.config import FilmConfig
from midframe_train.model.film import Film


def load(path):
    tensors, metadata = weights_file.read(path)
    film = Film(FilmConfig.of(json.loads(metadata["film.config"])))
    film.load_state_dict({name: torch.tensor(value) for name, value in tensors.items()})
    return film.eval()


def save(film, path, step):
    """Refuses weights that hold NaN or infinity; an earlier file stays then."""
    tensors = {name: value.detach().float().cpu().numpy() for name, value in film.state_dict().items()}
    weights_file.write(path, tensors, {"format": "pt", "film.config": film.config.to_json(), "film.step": str(step)})
