"""Writes a network's weights as safetensors with the metadata that the program reads."""
import safetensors


def export(film, path, step):
    """Refuses weights that hold NaN or infinity; an earlier file stays then."""
    tensors = {name: value.detach().float().cpu().numpy() for name, value in film.state_dict().items()}
    safetensors.write(path, tensors, {"format": "pt", "film.config": film.config.to_json(), "film.step": str(step)})
