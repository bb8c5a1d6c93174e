"""The picture of an estate: who may send what to whom, from the world inward. One module per format."""
