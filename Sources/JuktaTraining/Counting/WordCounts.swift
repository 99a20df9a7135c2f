internal import Jukta
